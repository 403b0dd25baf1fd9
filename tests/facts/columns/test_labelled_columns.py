"""The readers of lists and dates against pages of real sites, labelled by hand; the pages lie beside the checkout."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.facts.columns.reading import read_column
from crawler.facts.dates.publication import publication_date, read_publication_dates
from crawler.facts.records import Column
from crawler.facts.tree.document import Document
from tests.facts.pages import SHARED

PAGES = SHARED / "pages" / "inner"
AS_OF = dt.date(2026, 11, 24)
LEAST_RIGHT = 0.97

pytestmark = pytest.mark.shared
Label = dict[str, Any]


def labelled(page_type: str) -> Iterator[tuple[Label, Document]]:
    labels = PAGES / "labels.jsonl"
    if not labels.exists():
        pytest.skip("the labelled pages are not beside the checkout")
    for line in labels.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if label["page_type"] == page_type:
            yield label, Document.parse((PAGES / Path(label["file"]).name).read_bytes(), as_of=AS_OF)


def assert_right(expected: list[tuple[str, object, object]]) -> None:
    wrong = [(file, wanted, found) for file, wanted, found in expected if wanted != found]
    assert expected
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(expected), wrong


def columns(wanted: Callable[[Label], bool]) -> list[tuple[Label, Column | None]]:
    return [(label, read_column(document)) for label, document in labelled("column") if wanted(label)]


def test_no_column_with_entries_is_called_empty() -> None:
    accused = [label["file"] for label, column in columns(lambda label: not label["is_empty_column"]) if column and column.empty]
    assert accused == []


def test_script_filled_columns_are_seen_as_such() -> None:
    found = columns(lambda label: bool(label["js_filled"]))
    assert_right([(label["file"], True, column is not None and column.script_filled and not column.empty) for label, column in found])


def test_the_number_of_entries_is_right_within_a_tenth() -> None:
    found = columns(lambda label: not label["is_empty_column"] and not label["js_filled"])
    counts = [(label["file"], label["item_count"], len(column.items) if column else 0) for label, column in found]
    assert_right([(file, True, abs(wanted - count) <= max(1, wanted // 10)) for file, wanted, count in counts])


def test_the_newest_date_of_a_column_is_right() -> None:
    found = columns(lambda label: bool(label["newest_item_date"]))
    assert_right([(label["file"], label["newest_item_date"], str(column.newest) if column else None) for label, column in found])


def test_the_publication_date_of_an_article_is_right() -> None:
    found = [
        (label, publication_date(read_publication_dates(document))) for label, document in labelled("article") if label["publish_date"]
    ]
    assert_right([(label["file"], label["publish_date"], str(date)) for label, date in found])
