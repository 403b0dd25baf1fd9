"""The hand-labelled real pages: no site is accused of lacking what its page shows."""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts, PageType, SearchState
from tests.facts.pages import shared

pytestmark = pytest.mark.shared
SAVED_BY = date(2026, 11, 1)
"""A day after the newest of the pages was saved."""


@cache
def labelled(folder: str) -> list[tuple[dict[str, Any], PageFacts]]:
    """Return the pages of a folder as they are read, each with its label."""
    pages = shared("pages", folder)
    labels = [json.loads(line) for line in (pages / "labels.jsonl").read_text("utf-8").splitlines()]
    return [(label, read_page((pages / Path(label["file"]).name).read_bytes(), as_of=SAVED_BY)) for label in labels]


def digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "")


def test_no_homepage_is_falsely_accused() -> None:
    accused, wrong, judged = [], 0, 0
    for label, facts in labelled("home"):
        marks, form = facts.marks, label["search_form"]
        shown = {
            "party mark": (label["conac_mark"] != "absent", marks.party_mark.seen),
            "site code": (bool(label["site_code"]), marks.site_code.seen),
            "icp": (bool(label["icp"]), marks.icp.seen),
            "police filing": (bool(label["police_filing"]), marks.police_filing.seen),
            "feedback": (label["feedback_entry"] == "present", marks.feedback_entry.seen),
            "sponsor": (bool(label["sponsor_named"]), marks.sponsor.seen),
            "search": (
                (form.get("state") if isinstance(form, dict) else form) != "absent",
                facts.search_form.state is not SearchState.ABSENT,
            ),
            "interaction": (bool(label["has_interaction_nav"]), bool(facts.interaction)),
        }
        accused += [(label["file"], name) for name, (there, seen) in shown.items() if there and not seen]
        judged += len(shown)
        wrong += sum(there != seen for there, seen in shown.values())
        if label["site_code"]:
            assert (marks.site_code.value or "").lower() == re.sub(r"\s", "", label["site_code"]).lower(), label["file"]
        if digits(label["police_filing"])[8:] and marks.police_filing.seen:
            assert digits(marks.police_filing.value) == digits(label["police_filing"]), label["file"]
    assert accused == []
    assert wrong <= judged * 0.03


def test_no_column_is_falsely_called_empty() -> None:
    accused = [
        label["file"]
        for label, facts in labelled("inner")
        if facts.column and facts.column.empty and (label["js_filled"] or (label["page_type"] == "column" and not label["is_empty_column"]))
    ]
    assert accused == []


def test_kinds_and_encodings_of_pages() -> None:
    rows = labelled("inner")
    groups = {"interaction": "interaction", "interaction_list": "interaction", "interaction_detail": "interaction"}
    right = sum(groups.get(label["page_type"], label["page_type"]) == groups.get(facts.page_type, facts.page_type) for label, facts in rows)
    assert right >= len(rows) * 0.9
    expected = {"gb2312": "gb18030", "gbk": "gb18030"}
    assert [facts.encoding for _, facts in rows] == [expected.get(label["encoding"], label["encoding"].split(" ")[0]) for label, _ in rows]


def test_homepages_are_told_from_other_pages() -> None:
    rows = labelled("home")
    right = sum((label["page_type"] == "home") == (facts.page_type is PageType.HOME) for label, facts in rows)
    assert right >= len(rows) * 0.97
