"""Which of the pages that came count as seen."""

import msgspec

from crawler.coverage import coverage_of
from crawler.facts.records import Link, PageFacts, PageType
from crawler.snapshot import Page, PageRole, Reach
from tests.rules.dossiers import AT, URL

MENU = tuple(Link(url=f"{URL}{name}/", text=name) for name in ("zwgk", "gzdt", "tzgg"))


def page(path: str, title: str, *, name: str = "", text: int = 120, links: tuple[Link, ...] = MENU, body: str = "") -> Page:
    facts = PageFacts(url=URL + path, encoding="utf-8", page_type=PageType.OTHER, title=title, text_length=text, links=links)
    role = PageRole.COLUMN if path else PageRole.HOME
    return Page(
        role=role, url=URL + path, final_url=URL + path, status=200, facts=facts, fetched_at=AT, sha256=body or path, link_text=name
    )


HOME = page("", "清河县人民政府", text=2_000)
WHOLE = page("gzdt/", "工作动态-清河县人民政府", name="工作动态", text=300)


def seen(*pages: Page) -> int:
    return coverage_of(HOME, pages, Reach.OK, columns_found=len(pages), budget_spent=False, out_of_time=False).columns_seen


def test_a_frame_with_a_message_in_it_is_no_column() -> None:
    message = page("tzgg/", "清河县人民政府", name="通知公告", text=130)
    assert seen(WHOLE, message) == 1
    assert seen(WHOLE, msgspec.structs.replace(message, link_text="清河县")) == 2  # it has the title that the link names
    assert seen(WHOLE, page("tzgg/", "清河县人民政府", name="通知公告", text=900)) == 2
    assert seen(WHOLE, page("tzgg/", "清河县人民政府", name="通知公告", links=(*MENU, Link(url=URL + "tzgg/1.html", text="公告")))) == 2


def test_the_same_page_under_two_names_is_seen_once() -> None:
    again = page("tzgg/", "工作动态-清河县人民政府", name="通知公告", text=300, body="gzdt/")
    assert seen(WHOLE, again) == 1
    assert seen(WHOLE, msgspec.structs.replace(again, link_text="工作动态")) == 2
