"""已关停仍运行

检查内容
    登记为关停的网站是否仍在原址以原来的身份提供内容。
依据
    《政府网站发展指引》关于网站关停的要求；2016年第二季度通报“已申请关停仍带病运行”。
判定
    pass 网站已打不开、显示关停或迁移提示，或者跳转到了其他网站。
    fail 登记的关停日期已过规定天数，原址仍以原来的标识码或名称提供内容。
    inconclusive 登记库没有关停日期；刚刚关停；标题写明已迁移、停止更新或归档；另有正常运行的网站使用该地址或标识码；
        访问被拦截或没有看清；内容看不出是原来的网站。
    na 登记状态不是关停；网站不在登记库中。
证据
    登记状态和关停日期；网站首页的标题。
易误判
    登记库更新滞后；域名已转给其他单位使用；关停提示页；旧域名指向集约化平台上的栏目。
整改建议
    按程序完成关停：迁移数据，公告去向，注销域名、标识和备案；仍需保留的，变更登记状态。
"""

from collections.abc import Iterable, Iterator, Mapping, Set

from crawler.china_time import china_day
from crawler.snapshot import Reach, ReachReason
from rules.divisions import is_kept_as_it_was
from rules.domains import without_www
from rules.dossier import SeenSite
from rules.exemptions import closed_on
from rules.registry import RegistryRow, Status
from rules.rule import RegistryRule
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, not_applicable, passed, undecided

LEAST_NAME = 4
"""Characters from which on a name in the title identifies a site."""
GONE = frozenset({ReachReason.MOVED, ReachReason.CLOSED, ReachReason.OFFLINE, ReachReason.MAINTENANCE})


def judge(sites: Iterable[SeenSite], thresholds: Mapping[str, int]) -> Iterator[tuple[int, Judgement]]:
    """Judge the sites that the registry calls closed."""
    days, seen = thresholds["days"], tuple(sites)
    rows = [site.row for site in seen if site.row and site.row.status is Status.RUNNING]
    running = frozenset({*(without_www(row.host) for row in rows), *(row.site_code.lower() for row in rows if row.site_code)})
    for site in seen:
        yield site.site_id, _judge(site, site.row, days, running)


def _judge(site: SeenSite, row: RegistryRow | None, days: int, running: Set[str]) -> Judgement:
    if row is None or row.status is not Status.CLOSED:
        return not_applicable("not_closed", "该网站没有登记为关停，不作判定")
    if site.reach is Reach.DOWN:
        return passed("gone", "登记为关停，网站已打不开")
    if site.reach_reason in GONE:
        return passed("notice", "登记为关停，首页为提示页")
    if site.reach is not Reach.OK:
        return undecided("not_seen", "未见到该网站的内容，不能认定")
    if without_www(site.final_host) != without_www(site.host):
        return passed("sent_elsewhere", f"登记为关停，原址已跳转到{site.final_host}")
    closing_day, evidence = closed_on(row), _evidence(site, row)
    if not _is_itself(site, row):
        return undecided("other_content", "原址仍有内容，但看不出是原来的网站，须人工核对", *evidence)
    if not running.isdisjoint({without_www(site.final_host), (row.site_code or "").lower()}):
        return undecided("registered_again", "登记库中另有正常运行的网站使用该地址或标识码，须人工核对", *evidence)
    if is_kept_as_it_was(site):
        return undecided("kept_as_archive", "首页标题写明已迁移、停止更新或归档，须人工核对", *evidence)
    if closing_day is None or site.fetched_at is None:
        return undecided("closing_day_unknown", "原址仍在提供内容，但登记库没有关停日期，须人工核对", *evidence)
    since = (china_day(site.fetched_at) - closing_day).days
    if since <= days:
        return undecided("closed_lately", f"{closing_day}关停，尚未超过{days}天", *evidence)
    return failed("still_running", f"{closing_day}关停，{since}天后原址仍在提供内容", *evidence)


def _is_itself(site: SeenSite, row: RegistryRow) -> bool:
    """Tell whether the page is that of the closed site: it prints its code, or its title has its name."""
    if row.site_code and row.site_code.lower() in {code.lower() for code in site.printed_codes}:
        return True
    return len(row.name) >= LEAST_NAME and row.name in site.title


def _evidence(site: SeenSite, row: RegistryRow) -> tuple[Evidence, ...]:
    day = closed_on(row)
    return (
        Evidence(kind=EvidenceKind.REGISTRY, url=site.url, label=row.name, excerpt=f"登记状态：关停；关停日期：{day or '未登记'}"),
        Evidence(kind=EvidenceKind.PAGE_QUOTE, url=site.url, excerpt=site.title, fetched_at=site.fetched_at, sha256=site.sha256),
    )


RULE = RegistryRule(version=2, judge=judge)
