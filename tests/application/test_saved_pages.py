"""No page that was saved from a live site is accused of what a person did not see on it.

Each page is judged by every shipped standard as if the whole site had been seen, so that nothing but the reading of the page stands between
it and an accusation. What a person wrote down about the page is the truth; rules on which nothing was written down are not asked.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import msgspec
import pytest

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts, SearchForm
from crawler.snapshot import Coverage, Page, PageRole, Reach, SearchTry, SiteSnapshot, Target
from rules.dossier import Dossier
from rules.engine import Engine
from rules.registry import RegistryRow
from rules.standard import shipped_standards
from rules.verdict import Finding, Verdict
from tests.application.conftest import SHARED

Label = dict[str, Any]

HOST = "www.wuyou.gov.cn"
URL = f"http://{HOST}/"
MARKS = {"党政机关网站标识": "conac_mark", "网站标识码": "site_code", "ICP备案编号": "icp", "公安机关备案标识": "police_filing"}
ROLES = {
    "article": PageRole.ARTICLE,
    "column": PageRole.COLUMN,
    "interaction_list": PageRole.INTERACTION,
    "interaction_detail": PageRole.INTERACTION,
}
WAIT = timedelta(days=200)
"""After a page's newest date: a letter that was read as unanswered would be overdue by then."""


@cache
def saved(kind: str) -> tuple[tuple[Label, bytes], ...]:
    """Return the labelled pages of a folder that were saved from live sites; none where the folder is not beside the checkout."""
    folder = SHARED / "pages" / kind
    if not (folder / "labels.jsonl").exists():
        return ()
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    return tuple((label, (folder / label["file"]).read_bytes()) for label in labels if label["provenance"] == "saved")


def pages_of(kind: str) -> tuple[tuple[Label, bytes], ...]:
    """Return the saved pages, or skip loudly."""
    return saved(kind) or pytest.skip(f"the labelled pages are not beside the checkout ({kind}): nothing was tested on saved pages")


def page_of(role: PageRole, facts: PageFacts | None, number: int = 0) -> Page:
    url = f"{URL}{number or ''}"
    return Page(role=role, url=url, final_url=url, status=200, facts=facts, fetched_at=datetime(2026, 1, 1, tzinfo=UTC), sha256="0a1b")


def findings_of(as_of: date, *pages: Page, tries: tuple[SearchTry, ...] = ()) -> Iterator[Finding]:
    """Yield the findings of every shipped standard on a site of which all seems to have been seen."""
    at = datetime(as_of.year, as_of.month, as_of.day, 4, tzinfo=UTC)
    snapshot = SiteSnapshot(
        target=Target(url=URL),
        host=HOST,
        started_at=at,
        finished_at=at,
        reach=Reach.OK,
        final_url=URL,
        final_host=HOST,
        pages=pages,
        search_tries=tries,
        coverage=Coverage(homepage_seen=True, columns_found=5, columns_seen=5),
    )
    dossier = Dossier(row=RegistryRow(url=URL, host=HOST, site_code="1305340001"), snapshot=snapshot, as_of=at)
    for standard in shipped_standards().values():
        yield from Engine(standard).judge(dossier)


def first_date(label: Label, *names: str) -> date | None:
    return next((date.fromisoformat(label[name]) for name in names if label.get(name)), None)


def false_accusations(label: Label, findings: Iterator[Finding]) -> list[str]:
    """Return what a homepage is accused of although its label says otherwise."""
    healthy = {
        "search_missing": label["search_form"]["state"] != "absent",
        "feedback_entry_missing": label["feedback_entry"] != "absent",
        "interaction_missing": label["has_interaction_nav"],
        "homepage_stale": label["newest_date_visible"] is not None,
    }
    failed = [finding for finding in findings if finding.verdict is Verdict.FAIL]
    false = [f"{finding.standard}: {finding.rule}: {finding.reason}" for finding in failed if healthy.get(finding.rule)]
    marks = {piece.label for finding in failed if finding.rule == "footer_marks_missing" for piece in finding.evidence}
    return false + [f"{mark} is on the page" for mark in sorted(marks) if label[MARKS[mark]] not in (None, "absent")]


def test_no_saved_homepage_is_accused_of_what_is_there() -> None:
    told = {}
    for label, content in pages_of("home"):
        as_of = first_date(label, "newest_date_visible") or date(2023, 3, 1)
        facts = read_page(content, content_type="text/html", url=URL, as_of=as_of)
        told[label["file"]] = false_accusations(label, findings_of(as_of, page_of(PageRole.HOME, facts)))
    assert len(told) >= 20
    assert {file: false for file, false in told.items() if false} == {}


def test_no_saved_inner_page_accuses_its_site() -> None:
    told = {}
    for label, content in pages_of("inner"):
        role = ROLES.get(label["page_type"])
        if role:
            as_of = (first_date(label, "newest_item_date", "publish_date") or date(2023, 3, 1)) + WAIT
            facts = read_page(content, content_type="text/html", url=f"{URL}1", as_of=as_of)
            copies = [page_of(role, facts, number) for number in range(1, 6)]
            home = page_of(PageRole.HOME, msgspec.structs.replace(facts, letters=None, column=None))
            false = {"publish_date_forged", "site_unreachable"}
            false |= set() if label["is_empty_column"] else {"columns_empty"}
            false |= set() if (label["replies"] or {}).get("unanswered") else {"interaction_unanswered"}
            failed = {finding.rule for finding in findings_of(as_of, home, *copies) if finding.verdict is Verdict.FAIL}
            told[label["file"]] = sorted(failed & false)
    assert len(told) >= 10
    assert {file: rules for file, rules in told.items() if rules} == {}


def test_a_saved_page_of_search_results_is_no_broken_search() -> None:
    judged = 0
    for label, content in pages_of("inner"):
        if label["page_type"] == "search_results":
            facts = read_page(content, content_type="text/html", url=f"{URL}s", as_of=date(2023, 3, 1), query="企业")
            tries = tuple(
                SearchTry(query=query, expected=f"{query}名单", form=SearchForm(), page=page_of(PageRole.SEARCH, facts))
                for query in ("企业", "公司")
            )
            home = page_of(PageRole.HOME, facts)
            found = [one for one in findings_of(date(2023, 3, 1), home, tries=tries) if one.rule == "search_broken"]
            assert found and all(one.verdict is not Verdict.FAIL for one in found)
            judged += 1
    assert judged
