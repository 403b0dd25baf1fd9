"""Rendering adds to what a page's source says, and takes nothing away; what scripts may still fill is never called empty."""

from datetime import date

import msgspec

from crawler.facts.page import read_page
from crawler.facts.records import Column, ColumnClass, Item, Mark, Marks, PageFacts, Place, Presence, SearchForm, SearchState
from crawler.facts.rendered import with_rendered

DAY = date(2018, 3, 1)
SOURCE = read_page(
    "<title>通知公告</title><p>荔洲区".encode("gb18030"), content_type="text/html; charset=gbk", url="http://a.gov.cn/", as_of=DAY
)
RENDERED = read_page(
    "<title>通知公告</title><p>荔洲区".encode(), content_type="text/html; charset=utf-8", url="http://a.gov.cn/", as_of=DAY
)
SEEN = Mark(state=Presence.PRESENT, value="桂ICP备05000001号", place=Place.TEXT)
NAMED = Mark(state=Presence.SCRIPT_ONLY, value="conac", place=Place.SCRIPT)
ITEMS = (Item(title="关于春季防汛的通知", date=date(2018, 2, 1)),)
WAITING = Column(name="通知公告", column_class=ColumnClass.NOTICES, script_filled=True)


def joined(source: dict[str, object], rendered: dict[str, object], *, complete: bool = True) -> PageFacts:
    return with_rendered(msgspec.structs.replace(SOURCE, **source), msgspec.structs.replace(RENDERED, **rendered), complete=complete)


def test_forms_are_sent_in_the_encoding_of_the_page_as_it_was_served() -> None:
    assert (SOURCE.encoding, RENDERED.encoding) == ("gb18030", "utf-8")
    assert joined({}, {}).encoding == "gb18030"


def test_a_mark_that_either_shows_is_seen() -> None:
    marks = joined({"marks": Marks(party_mark=NAMED, icp=NAMED)}, {"marks": Marks(icp=SEEN)}).marks
    assert (marks.party_mark, marks.icp, marks.site_code) == (NAMED, SEEN, Mark())


def test_the_foot_counts_as_read_only_where_everything_was_shown() -> None:
    unread = {"marks": Marks(footer_by_script=True)}
    assert not joined(unread, {}).marks.footer_by_script
    assert joined(unread, {}, complete=False).marks.footer_by_script
    assert joined({}, unread).marks.footer_by_script


def test_a_search_box_is_the_better_of_the_two() -> None:
    form, button = SearchForm(state=SearchState.PRESENT, action="/s", field="q"), SearchForm(state=SearchState.JS_ONLY)
    assert joined({"search_form": button}, {"search_form": form}).search_form == form
    assert joined({"search_form": form}, {"search_form": button}).search_form == form
    assert joined({"search_form": button}, {}).search_form == button


def test_a_list_that_shows_entries_is_taken_and_one_that_shows_none_may_still_be_filled() -> None:
    full, empty = Column(name="通知公告", items=ITEMS), Column(name="通知公告", empty=True)
    assert joined({"column": WAITING}, {"column": full}).column == full
    assert joined({"column": WAITING}, {"column": empty}).column == WAITING
    assert joined({"column": WAITING}, {}).column == WAITING
    shown = joined({}, {"column": empty}).column
    assert shown is not None
    assert (shown.empty, shown.script_filled) == (False, True)


def test_the_fresher_date_of_the_two_counts() -> None:
    old, new = date(2017, 1, 1), date(2018, 2, 1)
    for source, rendered in ((old, new), (new, old), (new, None), (None, new)):
        assert joined({"newest_date": source}, {"newest_date": rendered}).newest_date == new
