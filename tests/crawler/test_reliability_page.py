"""The page on reliability says what the tests prove, row by row."""

from pathlib import Path

from crawler.snapshot import FailureKind, Reach, ReachReason
from tests.crawler.homepage.cases import CASES
from tests.crawler.test_traps import TRAPS

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"


def rows() -> dict[str, tuple[str, str]]:
    """Return the reach and the reason of every behaviour on the page."""
    lines = PAGE.read_text(encoding="utf-8").partition("## Homepages")[2].partition("## Measured")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| ") and "---" not in line]
    return {name: (reach, reason) for name, _, reach, reason in cells if name != "behaviour"}


def test_every_behaviour_that_is_tested_is_on_the_page_with_its_reach_and_reason() -> None:
    printed = rows()
    assert printed.keys() == CASES.keys()
    for name, (_, reach, reason) in CASES.items():
        assert printed[name][0] == reach, name
        assert reason is None or printed[name][1] == reason, name


def test_every_trap_that_is_played_is_on_the_page() -> None:
    lines = PAGE.read_text(encoding="utf-8").partition("## Traps")[2].partition("## Homepages")[0].splitlines()
    assert {line.split(" | ")[0][2:] for line in lines if line.startswith("| ")} - {"trap", "---"} == {
        trap.__name__.replace("_", " ") for trap in TRAPS
    }


def test_the_reasons_are_those_of_the_closed_list() -> None:
    printed = {reason for reach, reason in rows().values() if reach != Reach.OK}
    assert printed <= set(ReachReason)
    assert {FailureKind.TIMEOUT, FailureKind.RESET, FailureKind.PROTOCOL, FailureKind.GUARD} <= printed
