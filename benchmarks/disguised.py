"""What the facts lose when the labelled pages are dressed otherwise: `python benchmarks/disguised.py`.

Every page is rewritten as other systems would write it (`tests/facts/disguises`): its readers would see the same. The facts are then
scored as those of the plain pages are, by the scorer beside the checkout. What is lost tells how the reading would hold on pages of
other systems; a false accusation is one too many.
"""

import argparse
import importlib.util
import json
import random
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from crawler.facts.encoding.detection import decode
from crawler.facts.page import read_page
from crawler.facts.records import PageFacts
from tests.facts.disguises.all import DISGUISES
from tests.facts.disguises.claims import new_claims
from tests.facts.disguises.writing import ENCODINGS
from xuncha.inspect.pages import Inspected, contract_object

SHARED = Path(__file__).parents[1] / ".." / "shared"
SCORER = SHARED / "eval" / "score_pages.py"
SAVED_BY = date(2026, 11, 1)
"""A day after the newest of the pages was saved."""
PLAIN = "plain"


class Worn(NamedTuple):
    """What is put on every page: disguises one over the other, and bytes at last."""

    disguises: tuple[str, ...] = ()
    encoding: str | None = None

    @property
    def name(self) -> str:
        """Return the names of all that is worn."""
        return " + ".join(filter(None, (*self.disguises, self.encoding))) or PLAIN

    def put_on(self, content: bytes) -> bytes:
        """Return the page in disguise, in its own encoding unless another is worn."""
        if not self.disguises and not self.encoding:
            return content
        text, encoding = decode(content)
        for name in self.disguises:
            text = DISGUISES[name](text)
        write = ENCODINGS.get(self.encoding or "")
        return write(text) if write else text.encode(encoding, "xmlcharrefreplace")


UNDISGUISED = Worn(("writing: as parsed",))


class Result(NamedTuple):
    """How the pages were read: answers in all and right ones, what the pages show and what of it was called absent."""

    worn: Worn
    asked: int
    right: int
    wrong: tuple[tuple[str, str, str, str], ...]
    """Field, page, label and answer."""
    accused: tuple[tuple[str, str], ...]
    """Field and page."""
    claims: tuple[tuple[str, str], ...]
    """What is said against the site for the disguise alone, and page: told without labels, from the plain page."""


@cache
def scorer() -> ModuleType:
    """Return the scorer beside the checkout."""
    spec = importlib.util.spec_from_file_location("score_pages", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def labelled() -> tuple[tuple[str, dict[str, Any], bytes], ...]:
    """Return the kind, label and bytes of every labelled page."""
    found = []
    for kind in ("home", "inner"):
        folder = SHARED / "pages" / kind
        for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
            label = json.loads(line)
            label["file"] = Path(label["file"]).name
            found.append((kind, label, (folder / label["file"]).read_bytes()))
    return tuple(found)


@cache
def plain_facts() -> tuple[PageFacts, ...]:
    """Return the facts of the labelled pages as a browser writes them: whole, where one breaks off."""
    return tuple(read_page(UNDISGUISED.put_on(content), as_of=SAVED_BY) for _, _, content in labelled())


def score(worn: Worn) -> Result:
    """Read all pages in a disguise and score what was read. The encoding is not asked for where it was changed."""
    module = scorer()
    table = module.Score()
    judge: dict[str, Callable[..., None]] = {"home": module.home, "inner": module.inner}
    accused: list[tuple[str, str]] = []
    claims: list[tuple[str, str]] = []
    for (kind, label, content), plain in zip(labelled(), plain_facts(), strict=True):
        facts = read_page(worn.put_on(content), as_of=SAVED_BY)
        before = {field: row["accused"] for field, row in table.rows.items()}
        judge[kind](table, label, contract_object(Inspected(source=label["file"], facts=facts)))
        claims += [(claim, label["file"]) for claim in new_claims(plain, facts)]
        accused += [(field, label["file"]) for field, row in table.rows.items() if row["accused"] > before.get(field, 0)]
    if worn.encoding:
        table.rows.pop("encoding", None)
    wrong = [(field, file, str(want), str(got)) for field, row in table.rows.items() for file, want, got in row["misses"]]
    asked, right = (sum(row[key] for row in table.rows.values()) for key in ("n", "right"))
    return Result(worn, asked, right, tuple(wrong), tuple(accused), tuple(claims))


def combinations(number: int, seed: int) -> list[Worn]:
    """Return combinations of two or three disguises at random."""
    chance = random.Random(seed)
    return [
        Worn(tuple(chance.sample(list(DISGUISES), chance.choice((2, 3)))), chance.choice((None, None, *ENCODINGS))) for _ in range(number)
    ]


def report(results: Iterable[Result], plain: Result, details: bool) -> None:
    """Print a line for every disguise as it comes, and what was lost where that is asked for."""
    known = {(field, file) for field, file, _, _ in plain.wrong}
    accusations = claims = 0
    print(f"{'disguise':<52}{'right':>7}{'of':>7}{'lost':>6}{'accused':>9}{'claims':>8}")
    for result in chain((plain,), results):
        lost = (plain.right - plain.asked) - (result.right - result.asked)
        print(
            f"{result.worn.name:<52}{result.right:>7,}{result.asked:>7,}{lost:>6}{len(result.accused):>9}{len(result.claims):>8}",
            flush=True,
        )
        accusations += len(result.accused)
        claims += len(result.claims)
        for field, file in result.accused:
            print(f"    ACCUSED {field} {file}")
        for claim, file in result.claims if details else ():
            print(f"    CLAIMED {claim}: {file}")
        for field, file, want, got in result.wrong if details else ():
            if (field, file) not in known:
                print(f"    {field} {file}: label {want[:60]}, read {got[:60]}")
    print(f"{accusations} false accusations by the labels, {claims} claims that the plain pages do not bear out")


def main() -> None:
    """Read the arguments, then dress and score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", default="", help="the disguises whose name contains this")
    parser.add_argument("--combinations", type=int, default=0, help="so many combinations of two or three disguises in place of each alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--details", action="store_true", help="print what was lost")
    arguments = parser.parse_args()
    if not SCORER.exists():
        sys.exit(f"THE LABELLED PAGES ARE ABSENT ({SHARED}): nothing to measure")
    each = [Worn((name,)) for name in DISGUISES] + [Worn((), name) for name in ENCODINGS]
    chosen = combinations(arguments.combinations, arguments.seed) or [worn for worn in each if arguments.only in worn.name]
    with ProcessPoolExecutor(arguments.processes) as pool:
        report(pool.map(score, chosen), score(Worn()), arguments.details)


if __name__ == "__main__":
    main()
