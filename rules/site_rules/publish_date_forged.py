"""发稿日期造假

检查内容
    信息的发布日期是否与网址、网页标签中的日期和历次巡查的记录相符。
依据
    2018年第一季度通报用语“发稿日期造假”；《政府网站与政务新媒体检查指标》单项否决指标“弄虚作假（如伪造发稿日期等）”。
判定
    pass 没有发现日期不符，或者只有个别条目不符。
    fail 至少两类相互独立的证据，每类都涉及多条信息。
    inconclusive 只有一类证据；或者看不到文章的发布日期。
    na 登记状态为关停、迁移或临时下线。
证据
    每条不符的信息：印出的日期，以及网址、标签或历次巡查中的另一个日期。
易误判
    整站迁移或改版后批量上传的旧信息；网页标签由模板生成；置顶和预告的未来日期；个别录入错误。
整改建议
    恢复信息的真实发布日期，停止补录、改期等做法，并对相关责任人员进行教育。
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from crawler.facts.records import DateSource
from crawler.snapshot import Page, PageRole
from rules.dossier import PastItem
from rules.evidence import MAX_PIECES, quote
from rules.rule import Need, SiteRule, View
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, passed, undecided
from rules.windows import china_day


class Sign(StrEnum):
    """The independent kinds of evidence."""

    ADDRESS = "印出的日期晚于网址中的日期"
    TAG = "印出的日期晚于网页标签中的日期"
    CHANGED = "印出的日期在两次巡查之间被改晚"
    APPEARED = "信息在印出的日期之后很久才出现"


def judge(view: View) -> Judgement:
    """Gather the signs; two independent kinds on several items each are needed before the site is accused."""
    enough = view.threshold("items")
    found = {
        Sign.ADDRESS: list(_redated(view, DateSource.URL, Sign.ADDRESS)),
        Sign.TAG: list(_redated(view, DateSource.META, Sign.TAG)),
        Sign.CHANGED: list(_changed(view)),
        Sign.APPEARED: list(_appeared(view)),
    }
    strong = {sign: pieces for sign, pieces in found.items() if len(pieces) >= enough}
    evidence = tuple(piece for pieces in strong.values() for piece in pieces[: MAX_PIECES // 2])
    summary = "；".join(f"{len(pieces)}条{sign}" for sign, pieces in strong.items())
    if len(strong) >= view.threshold("kinds"):
        return failed("dates_conflict", summary, *evidence)
    if strong:
        return undecided("one_kind_only", f"{summary}；只有一类证据，须人工核对", *evidence)
    if not any(_printed(page) for page in view.pages) and not view.history.items:
        return undecided("no_dates", "没有看到文章的发布日期")
    return passed("dates_agree", "没有发现发布日期与其他记录不符")


def _printed(page: Page) -> date | None:
    return page.facts.publish_date if page.facts and page.role is PageRole.ARTICLE else None


def _redated(view: View, source: DateSource, sign: Sign) -> Iterator[Evidence]:
    """Yield articles whose printed date is later than the date their address or tag carries: old text made to look new."""
    slack = timedelta(days=view.threshold("slack_days"))
    for page in view.pages:
        printed = _printed(page)
        others = [found.date for found in page.facts.dates if found.source is source] if page.facts else []
        if printed and others and printed - max(others) > slack:
            yield quote(page, f"印出的日期{printed}，另一处为{max(others)}", sign)


def _changed(view: View) -> Iterator[Evidence]:
    """Yield entries whose printed date was moved forward between two scans."""
    slack = timedelta(days=view.threshold("slack_days"))
    for item in view.history.items:
        if len(item.dates) > 1 and max(item.dates) - item.dates[0] > slack:
            yield _past(item, Sign.CHANGED, f"{item.title}：先后印为{'、'.join(map(str, item.dates))}")


def _appeared(view: View) -> Iterator[Evidence]:
    """Yield entries that came into a list long after the date printed beside them, in columns that were read before.

    When most entries of a column came late at once it was moved or rebuilt, which is no forgery.
    """
    columns: dict[str, list[PastItem]] = {}
    for item in view.history.items:
        columns.setdefault(item.column_url, []).append(item)
    for url, items in columns.items():
        read_since = view.history.columns_seen.get(url)
        if read_since is None:
            continue
        late = [item for item in items if _is_late(item, read_since, view.threshold("slack_days"))]
        if len(late) * 2 <= len(items):
            for item in late:
                yield _past(item, Sign.APPEARED, f"{item.title}：印为{item.dates[0]}，{china_day(item.first_seen)}首次出现")


def _is_late(item: PastItem, read_since: datetime, slack_days: int) -> bool:
    """Tell whether an entry was not in the list when it should have been: its date lies between two readings, its arrival later."""
    if not item.dates or item.first_seen <= read_since:
        return False
    return china_day(item.first_seen) - item.dates[0] > timedelta(days=slack_days)


def _past(item: PastItem, sign: Sign, excerpt: str) -> Evidence:
    return Evidence(kind=EvidenceKind.DATED_ITEM, url=item.url, label=sign, excerpt=excerpt, fetched_at=item.first_seen)


RULE = SiteRule(version=1, needs=(Need.HOME, Need.PAGES, Need.HISTORY), judge=judge)
