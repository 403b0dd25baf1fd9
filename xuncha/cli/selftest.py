"""`xuncha selftest`: the public conformance suites through the real code; JSON lines in, one answer line a case line, in order."""

import json
import sys
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

import msgspec
import typer

from xuncha.cli.streams import write_json

Answer = dict[str, Any]


class RobotsCase(msgspec.Struct):
    """May `agent` fetch `url` under the text of a `robots`.txt?"""

    robots: str
    agent: str
    url: str


class UrlCase(msgspec.Struct):
    """Where does `input` lead, seen from `base`?"""

    input: str
    base: str | None = None


class EncodingCase(msgspec.Struct):
    """What do the bytes `hex` say in the encoding that `label` names?"""

    hex: str
    label: str


class SniffCase(msgspec.Struct):
    """Which encoding do the bytes `hex` declare?"""

    hex: str


class IpCase(msgspec.Struct):
    """Which address does `host` spell?"""

    host: str


class Suite(NamedTuple):
    """The form of a suite's cases, and what answers one of them."""

    form: type[msgspec.Struct]
    answer: Callable[[Any], Answer]


def selftest(
    suite: Annotated[str, typer.Argument(help="Which suite: robots, url, encoding, sniff or ip.")],
) -> None:
    """Run public conformance suites through the real code: JSON lines in, JSON lines out."""
    chosen = SUITES.get(suite)
    if chosen is None:
        raise typer.BadParameter(f"{suite!r} is no suite; there are {', '.join(SUITES)}", param_hint="SUITE")
    write_json()
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if line.strip():
            print(json.dumps(_answered(chosen, line, number), ensure_ascii=False))


def _answered(suite: Suite, line: bytes, number: int) -> Answer:
    """Answer one line. Raises typer.BadParameter naming the line where it is no case of the suite."""
    try:
        # Not msgspec's own reader: the suites hold halves of surrogate pairs, which it refuses.
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise _bad(number, "it is no JSON") from None
    try:
        return suite.answer(msgspec.convert(given, suite.form))
    except (msgspec.ValidationError, BadCase, UnicodeError) as error:
        raise _bad(number, str(error)) from None


def _bad(number: int, why: str) -> typer.BadParameter:
    return typer.BadParameter(f"line {number} is no case of this suite: {why}", param_hint="standard input")


class BadCase(Exception):
    """A case has all its fields, and one of them makes no sense."""


def answer_encoding(case: EncodingCase) -> Answer:
    """Decode as a browser would."""
    from crawler.facts.encoding.detection import decode_as

    return {"text": decode_as(_bytes(case.hex), case.label)}


def answer_sniff(case: SniffCase) -> Answer:
    """Name the declared encoding: BOM, else the WHATWG prescan, else windows-1252."""
    from crawler.facts.encoding.detection import sniff

    return {"encoding": sniff(_bytes(case.hex))}


def answer_robots(case: RobotsCase) -> Answer:
    """Tell whether the agent may fetch the address."""
    from crawler.net.robots import RobotsRules

    return {"allowed": RobotsRules(case.robots).allows(case.url, case.agent)}


def answer_url(case: UrlCase) -> Answer:
    """Resolve as a browser would; null where that fails."""
    from crawler.urls import resolve

    return {"href": resolve(case.input, case.base)}


def answer_ip(case: IpCase) -> Answer:
    """Name the address in its usual form; null where the host is a name."""
    from crawler.net.guard import literal_address

    address = literal_address(case.host)
    return {"address": str(address) if address else None}


def _bytes(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        raise BadCase("`hex` holds something else than pairs of hexadecimal digits") from None


SUITES = {
    "robots": Suite(RobotsCase, answer_robots),
    "url": Suite(UrlCase, answer_url),
    "encoding": Suite(EncodingCase, answer_encoding),
    "sniff": Suite(SniffCase, answer_sniff),
    "ip": Suite(IpCase, answer_ip),
}
"""Name of the suite -> how it is answered. A new suite is one form, one function and one entry here."""
