"""`xuncha selftest`: the public conformance suites through the real code; JSON lines in, one answer line a case line, in order."""

import json
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

Case = dict[str, Any]


def selftest(
    suite: Annotated[str, typer.Argument(help="Which suite: robots, url, encoding, sniff or ip.")],
) -> None:
    """Run public conformance suites through the real code: JSON lines in, JSON lines out."""
    answer = SUITES.get(suite)
    if answer is None:
        raise typer.BadParameter(f"{suite!r} is no suite; there are {', '.join(SUITES)}", param_hint="SUITE")
    for number, line in enumerate(sys.stdin, start=1):
        if line.strip():
            print(json.dumps(answer(_case(line, number)), ensure_ascii=False))


def answer_encoding(case: Case) -> Case:
    """Decode `hex` in the encoding that `label` names, as a browser would."""
    from crawler.facts.encoding import decode_as

    return {"text": decode_as(bytes.fromhex(case["hex"]), case["label"])}


def answer_sniff(case: Case) -> Case:
    """Name the encoding that the bytes `hex` declare: BOM, else the WHATWG prescan, else windows-1252."""
    from crawler.facts.encoding import sniff

    return {"encoding": sniff(bytes.fromhex(case["hex"]))}


def answer_robots(case: Case) -> Case:
    """Tell whether `agent` may fetch `url` under the text of a `robots`.txt."""
    from crawler.net.robots import RobotsRules

    return {"allowed": RobotsRules(case["robots"]).allows(case["url"], case["agent"])}


def answer_url(case: Case) -> Case:
    """Resolve `input` against `base`, where there is one, as a browser would; null where that fails."""
    from crawler.net.urls import resolve

    return {"href": resolve(case["input"], case.get("base"))}


def answer_ip(case: Case) -> Case:
    """Name the address that `host` spells in whatever form; null where it is a name."""
    from crawler.net.guard import literal_address

    address = literal_address(case["host"])
    return {"address": str(address) if address else None}


SUITES: dict[str, Callable[[Case], Case]] = {
    "robots": answer_robots,
    "url": answer_url,
    "encoding": answer_encoding,
    "sniff": answer_sniff,
    "ip": answer_ip,
}
"""Name of the suite -> what answers one case. A new suite is one function and one entry here."""


def _case(line: str, number: int) -> Case:
    try:
        case = json.loads(line)
    except ValueError:
        raise typer.BadParameter(f"line {number} is no JSON", param_hint="standard input") from None
    if not isinstance(case, dict):
        raise typer.BadParameter(f"line {number} is no JSON object", param_hint="standard input")
    return case
