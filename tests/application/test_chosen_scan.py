"""Which scan stands for "now": a running one hides no finished one, and whoever reads is told of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database, open_database
from storage.scans import finish_scan, plan_scan
from xuncha.errors import UsageFault
from xuncha.quarter.chosen_scan import chosen_scan

FIRST_QUARTER = datetime(2018, 3, 1, tzinfo=UTC)
SECOND_QUARTER = datetime(2018, 4, 2, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "xuncha.db") as opened:
        yield opened


def scan(database: Database, as_of: datetime, *, finished: bool) -> int:
    scan_id = plan_scan(database, as_of=as_of, standard="2018q1-spot-check", site_ids=[], started_at=as_of)
    if finished:
        finish_scan(database, scan_id, as_of)
    return scan_id


def test_a_running_scan_hides_no_finished_one(database: Database) -> None:
    finished, running = scan(database, FIRST_QUARTER, finished=True), scan(database, SECOND_QUARTER, finished=False)
    told: list[str] = []
    assert chosen_scan(database, told.append).scan_id == finished
    assert len(told) == 1 and "a newer one, 2, is not finished" in told[0]
    assert chosen_scan(database, told.append, unfinished=True).scan_id == running
    assert "scan 2 is not finished" in told[1]


def test_the_running_scan_of_another_quarter_is_not_spoken_of(database: Database) -> None:
    finished, running = scan(database, FIRST_QUARTER, finished=True), scan(database, SECOND_QUARTER, finished=False)
    told: list[str] = []
    assert chosen_scan(database, told.append, "2018Q1").scan_id == finished
    assert not told
    assert chosen_scan(database, told.append, "2018Q2").scan_id == running
    assert "what it has found so far" in told[0]
    with pytest.raises(UsageFault, match="2018Q3"):
        chosen_scan(database, told.append, "2018Q3")


def test_a_finished_scan_is_told_without_a_word(database: Database) -> None:
    told: list[str] = []
    with pytest.raises(UsageFault):
        chosen_scan(database, told.append)
    finished = scan(database, FIRST_QUARTER, finished=True)
    assert chosen_scan(database, told.append).scan_id == finished
    assert not told
