"""The main list of a column page is read the same whatever markup prints it."""

import datetime as dt

import pytest

from crawler.facts.columns import read_column
from crawler.facts.records import ColumnClass, DateSource
from tests.facts.column_pages import FAMILIES, entries, page, rows


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_gives_the_same_entries(family: str, encoding: str) -> None:
    items = entries()
    column = read_column(page(FAMILIES[family](items), encoding=encoding))
    assert column is not None
    assert [item.title for item in column.items] == [item.title for item in items]
    assert [item.date for item in column.items] == [item.date for item in items]
    assert (column.name, column.column_class) == ("通知公告", ColumnClass.NOTICES)
    assert not column.empty and not column.script_filled
