"""Hypothesis strategies for dossiers: any mixture of what the crawler may bring back, likely and unlikely."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from crawler.facts.records import (
    GUIDE_ELEMENTS,
    Column,
    ColumnClass,
    DateCandidate,
    DateSource,
    Guide,
    Item,
    Letter,
    Letters,
    LetterState,
    Link,
    Mark,
    Marks,
    NavigationLink,
    PageFacts,
    PageType,
    Presence,
    ReportKind,
    ReportMention,
    SearchAnswer,
    SearchForm,
    SearchOutcome,
    SearchState,
)
from crawler.snapshot import (
    Coverage,
    Failure,
    FailureKind,
    Page,
    PageRole,
    Reach,
    ReachReason,
    SearchTry,
    SiteSnapshot,
    Target,
)
from rules.dossier import Dossier, History, KnockDay, PastColumn, PastItem, SeenSite
from rules.registry import Level, RegistryRow, Status

NOW = datetime(2018, 3, 1, 1, 0, tzinfo=UTC)
TODAY = date(2018, 3, 1)
HOSTS = ("www.qinghe.gov.cn.test", "www.qinghexian.gov.cn", "qinghexian.gov.cn", "lyw.qinghexian.gov.cn", "www.qinghe.com", "192.0.2.7", "")
CODES = ("1305340001", "1305340002", "bm29030010", "BT03000040", "1408810002")


def optional(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | of


def seldom(of: st.SearchStrategy[Any], otherwise: Any) -> st.SearchStrategy[Any]:
    """Draw the unlikely in one of three cases: a site on which everything is odd is never accused of anything."""
    return st.integers(min_value=0, max_value=2).flatmap(lambda number: st.just(otherwise) if number else of)


def some(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


texts = st.sampled_from(
    ("", "工作动态", "通知公告", "县长信箱", "举报投诉", "历史专题", "清河县教育体育局", "{marks}", "\x00\u202e<b>")
) | st.text(max_size=8)
days = st.dates(min_value=date(2016, 1, 1), max_value=date(2018, 4, 1)) | st.sampled_from((TODAY, date.min, date.max))
moments = st.integers(min_value=0, max_value=9000).map(lambda hours: NOW - timedelta(hours=hours))
paths = st.sampled_from(("", *(f"lm{number}/" for number in range(12)), "lm1/1.html", "lm1/2.html", "xx/107.html"))
addresses = paths.map(lambda path: f"http://{HOSTS[0]}/{path}")
classes = st.sampled_from(ColumnClass)
few = st.integers(min_value=0, max_value=25)

items = st.builds(
    Item,
    title=texts,
    url=optional(addresses),
    date=optional(days),
    pinned=st.booleans(),
    future_date=optional(days),
    year_inferred=st.booleans(),
)
columns = st.builds(
    Column,
    name=optional(texts),
    column_class=classes,
    items=some(items),
    page_number=optional(st.integers(min_value=0, max_value=3)),
    empty=st.booleans(),
    script_filled=st.booleans(),
    url=optional(addresses),
)
mark = st.builds(Mark, state=st.sampled_from(Presence), value=optional(texts), excerpt=texts)
marks = st.builds(
    Marks,
    party_mark=mark,
    site_code=mark,
    icp=mark,
    police_filing=mark,
    feedback_entry=mark,
    feedback_icon_only=st.booleans(),
    footer_by_script=st.booleans(),
)
letters = st.builds(
    Letters,
    letters=some(st.builds(Letter, title=texts, url=optional(addresses), asked=optional(days), state=st.sampled_from(LetterState))),
    script_filled=st.booleans(),
    empty=st.booleans(),
)
guides = st.builds(
    Guide, title=texts, present=some(st.sampled_from(GUIDE_ELEMENTS), 8), missing=some(st.sampled_from(GUIDE_ELEMENTS), 8), excerpt=texts
)
reports = st.builds(ReportMention, kind=st.sampled_from(ReportKind), title=texts, year=st.sampled_from((None, 2016, 2017)))
forms = st.builds(SearchForm, state=st.sampled_from(SearchState), excerpt=texts)
facts = st.builds(
    PageFacts,
    url=optional(addresses),
    encoding=st.just("utf-8"),
    page_type=seldom(st.sampled_from(PageType), PageType.OTHER),
    title=texts,
    marks=seldom(marks, Marks()),
    search_form=seldom(forms, SearchForm()),
    search_answer=optional(st.builds(SearchAnswer, outcome=st.sampled_from(SearchOutcome), excerpt=texts)),
    navigation=seldom(some(st.builds(NavigationLink, text=texts, url=addresses, column_class=classes), 2), ()),
    interaction=seldom(some(st.builds(Link, url=addresses, text=texts), 1), ()),
    blocks=seldom(some(columns, 2), ()),
    column=optional(columns),
    letters=optional(letters),
    guide=optional(guides),
    reports=seldom(some(reports, 2), ()),
    challenge=seldom(st.just("captcha"), None),
    newest_date=seldom(days, None),
    publish_date=seldom(days, None),
    dates=some(st.builds(DateCandidate, date=days, source=st.sampled_from(DateSource)), 2),
    script_dependent=seldom(st.booleans(), False),
    limited=seldom(st.booleans(), False),
)
pages = st.builds(
    Page,
    role=st.sampled_from(PageRole),
    url=addresses,
    final_url=addresses,
    status=seldom(st.sampled_from((404, 412, 500, None)), 200),
    failure=seldom(st.builds(Failure, kind=st.sampled_from(FailureKind)), None),
    facts=facts | optional(facts),
    fetched_at=st.just(NOW),
    found_on=optional(addresses),
    link_text=texts,
)
whole_homes = facts.map(
    lambda read: Page(
        role=PageRole.HOME, url=f"http://{HOSTS[0]}/", final_url=f"http://{HOSTS[0]}/", status=200, facts=read, fetched_at=NOW
    )
)
coverages = st.builds(
    Coverage,
    homepage_seen=st.booleans(),
    homepage_limited=st.booleans(),
    script_dependent=st.booleans(),
    columns_found=few,
    columns_seen=few,
    budget_spent=st.booleans(),
)
full_coverage = Coverage(homepage_seen=True, columns_found=3, columns_seen=3)
rows = st.builds(
    RegistryRow,
    url=addresses,
    host=st.sampled_from(HOSTS),
    site_code=optional(st.sampled_from(CODES)),
    name=texts,
    sponsor=seldom(texts, "清河县教育体育局"),
    level=optional(st.sampled_from(Level)),
    status=seldom(st.sampled_from(Status), Status.RUNNING),
)
tries = st.builds(SearchTry, query=texts, expected=optional(texts), form=forms, page=pages)
histories = st.builds(
    History,
    items=some(st.builds(PastItem, url=addresses, title=texts, first_seen=moments, dates=some(days, 2), column_url=addresses), 4),
    columns=some(st.builds(PastColumn, url=addresses, first_read=moments, last_read=moments, oldest=optional(days)), 2),
)
visits = st.integers(min_value=0, max_value=200)
knocks = some(st.builds(KnockDay, day=days, opened=visits, failed=visits, unsure=visits), 9)


always_reached = st.just(Reach.OK)


@st.composite
def dossiers(draw: st.DrawFn, reach: st.SearchStrategy[Reach] = always_reached) -> Dossier:
    """Draw a dossier; most have a homepage, as gathering leaves one behind wherever it got an answer."""
    host = draw(st.sampled_from(HOSTS))
    front = draw(seldom(st.just(()), 1).flatmap(lambda number: st.tuples(whole_homes) if number else st.just(())))
    how_far = draw(reach)
    snapshot = SiteSnapshot(
        target=Target(url=f"http://{host}/"),
        host=host,
        started_at=NOW,
        finished_at=NOW,
        reach=how_far,
        reach_reason=None if how_far is Reach.OK else draw(optional(st.sampled_from(ReachReason))),
        final_url=f"http://{host}/",
        final_host=host,
        pages=(*front, *draw(some(pages, 8))),
        search_tries=draw(some(tries)),
        coverage=draw(seldom(coverages, full_coverage)),
    )
    return Dossier(row=draw(optional(rows)), snapshot=snapshot, as_of=NOW, knocks=draw(knocks), history=draw(histories))


seen_sites = st.builds(
    SeenSite,
    site_id=st.integers(min_value=1, max_value=10**6),
    row=optional(rows),
    url=addresses,
    host=st.sampled_from(HOSTS),
    final_host=st.sampled_from(HOSTS),
    reach=seldom(st.sampled_from(Reach), Reach.OK),
    title=texts,
    printed_codes=some(st.sampled_from(CODES), 2),
    sponsor=seldom(texts, "清河县教育体育局"),
    party_mark=st.booleans(),
    linked_from=some(addresses, 2),
    sha256=st.sampled_from(("", "0a1b", "2c3d")),
)
