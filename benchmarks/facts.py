"""How much processor time the facts of a page cost: `python benchmarks/facts.py`, or `make bench`.

Measured are the labelled pages beside the checkout; where they are absent, the pages of the project's own demo.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from crawler.facts.columns.blocks import read_blocks
from crawler.facts.columns.breadcrumb import read_breadcrumb
from crawler.facts.columns.navigation import read_navigation
from crawler.facts.columns.reading import read_column
from crawler.facts.dates.listed import read_listed_dates
from crawler.facts.dates.publication import read_publication_dates
from crawler.facts.guides.reading import read_guide
from crawler.facts.letters.channels import read_interaction
from crawler.facts.letters.reading import read_letters
from crawler.facts.lists.items import read_lists
from crawler.facts.lists.pager import read_pager
from crawler.facts.marks.reading import read_marks
from crawler.facts.page import read_page
from crawler.facts.report import read_reports
from crawler.facts.search.answer import read_search_answer
from crawler.facts.search.form import read_search_form
from crawler.facts.substitutes.challenges import read_challenge
from crawler.facts.substitutes.forwards import read_forward
from crawler.facts.substitutes.notices import read_notice
from crawler.facts.tree.document import Document
from crawler.facts.tree.links import read_links
from crawler.facts.tree.metadata import read_page_tags
from xuncha.demo.world import AS_OF, load_world

DAY = date(2018, 3, 1)
PAGES = Path(__file__).parents[1] / ".." / "shared" / "pages"
USUAL_SIZE = 40 * 1024
DEMO_SITES = 20

Stage = tuple[str, Callable[[Document], Any]]
STAGES: tuple[Stage, ...] = (
    ("text", lambda document: document.text),
    ("outline", lambda document: document.outline),
    ("anchors", lambda document: document.anchors),
    ("breadcrumb", lambda document: document.derived(read_breadcrumb)),
    ("pager", lambda document: document.derived(read_pager)),
    ("dates in lists", lambda document: document.derived(read_listed_dates)),
    ("lists", lambda document: document.derived(read_lists)),
    ("column", read_column),
    ("blocks", read_blocks),
    ("publication dates", read_publication_dates),
    ("challenge", read_challenge),
    ("notice", read_notice),
    ("forward", read_forward),
    ("letters", read_letters),
    ("guide", read_guide),
    ("search answer", lambda document: read_search_answer(document, None)),
    ("page tags", read_page_tags),
    ("marks", read_marks),
    ("search form", read_search_form),
    ("navigation", read_navigation),
    ("interaction", read_interaction),
    ("reports", read_reports),
    ("links", read_links),
)
"""In the order of sharing: what several readers use is counted once, where it is first made."""


class Sample(NamedTuple):
    """A page to be measured: its name, bytes and address."""

    name: str
    content: bytes
    url: str | None


def samples() -> list[Sample]:
    """Return the labelled pages, or else those of the demo; says which."""
    files = [path for kind in ("home", "inner") for path in sorted(PAGES.joinpath(kind).glob("*.html"))]
    if files:
        return [Sample(path.name, path.read_bytes(), None) for path in files]
    print(f"THE LABELLED PAGES ARE ABSENT ({PAGES}): measuring pages of the demo instead", file=sys.stderr)
    world = load_world()
    state = world.state(AS_OF)
    found = []
    for site in world.sites[:DEMO_SITES]:
        pages = state.pages(site.host)
        for address in pages.addresses:
            if content := (pages.render(address) or "").encode(pages.charset, "replace"):
                found.append(Sample(address, content, site.url))
    return found


def fastest(work: Callable[[], Any], rounds: int) -> float:
    """Return the least processor time of several rounds, in milliseconds: what other processes add is left out."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1_000


def stage_times(sample: Sample, rounds: int) -> list[float]:
    """Return the least time of every stage, the parsing first, in milliseconds."""
    best = [float("inf")] * (len(STAGES) + 1)
    for _ in range(rounds):
        times = []
        before = time.process_time()
        document = Document.parse(sample.content, None, sample.url, as_of=DAY)
        times.append(time.process_time() - before)
        for _, read in STAGES:
            before = time.process_time()
            read(document)
            times.append(time.process_time() - before)
        best = [min(pair) for pair in zip(best, times, strict=True)]
    return [seconds * 1_000 for seconds in best]


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of all values lies below."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def report(pages: Sequence[Sample], rounds: int) -> None:
    """Measure the pages and print the tables."""
    whole = [fastest(lambda page=page: read_page(page.content, url=page.url, as_of=DAY), rounds) for page in pages]  # type: ignore[misc]
    sizes = [len(page.content) for page in pages]
    scaled = [took * USUAL_SIZE / max(size, 1) for took, size in zip(whole, sizes, strict=True)]
    print(f"{len(pages)} pages, {sum(sizes) / 1024:,.0f} KB, median {quantile(sizes, 0.5) / 1024:.1f} KB; best of {rounds} rounds\n")
    print(f"{'all facts of a page, ms CPU':<28}{'median':>8}{'p90':>8}{'mean':>8}")
    print(f"{'as it is':<28}{quantile(whole, 0.5):8.2f}{quantile(whole, 0.9):8.2f}{sum(whole) / len(whole):8.2f}")
    print(
        f"{'per 40 KB of the page':<28}{quantile(scaled, 0.5):8.2f}{quantile(scaled, 0.9):8.2f}{sum(whole) * USUAL_SIZE / sum(sizes):8.2f}"
    )
    rows = [stage_times(page, rounds) for page in pages]
    print(f"\n{'stage, ms CPU':<28}{'median':>8}{'p90':>8}{'mean':>8}{'share':>8}")
    total = sum(map(sum, rows))
    for (name, _), column in zip((("parsing", None), *STAGES), zip(*rows, strict=True), strict=True):
        mean = sum(column) / len(column)
        print(f"{name:<28}{quantile(column, 0.5):8.3f}{quantile(column, 0.9):8.3f}{mean:8.3f}{sum(column) / total:8.1%}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the fastest counts (default: 5)")
    parser.add_argument("--pages", type=int, default=None, help="measure only so many pages, spread over all of them")
    arguments = parser.parse_args()
    pages = samples()
    if arguments.pages:
        pages = pages[:: max(1, len(pages) // arguments.pages)]
    report(pages, arguments.rounds)


if __name__ == "__main__":
    main()
