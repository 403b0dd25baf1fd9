"""同时开设两个网站

检查内容
    同一主办单位是否有两个正在运行的网站。
依据
    《政府网站发展指引》：县级以上各级人民政府及其部门原则上一个单位最多开设一个网站；2018年第一季度通报用语“同时开设两个网站”。
判定
    pass 没有发现同一单位的另一个正在运行的网站。
    fail 同一地区、主办单位名称相同的另一个网站正在运行，且内容不在同一地址；认定在未登记或标识码靠后的网站上。
    inconclusive 没有主办单位信息；未见到网站内容；其中一个是或可能是门户网站；
        其中一个可能是按规定另设的平台或外文版，或者以下属单位的名称开设，或者写明已迁移、停止更新、归档；两个网站的首页几乎相同，可能是同一网站的两个地址；
        未登记的网站印有登记库中其他网站的标识码，可能是其栏目或业务系统。
    na 登记状态为关停、迁移或临时下线。
证据
    两个网站的地址、主办单位和标识码。
易误判
    主办单位只写简称，不同地区重名；办公厅（室）主办门户网站的同时承办专题网站；同一网站的两个域名，首页只有时间、计数不同；
    集约化平台上的业务系统；按规定另设的公共资源交易、信用信息、政务服务等平台；外文版。
整改建议
    确定保留的网站，将另一个网站的内容迁移整合后按程序关停。
"""

from collections.abc import Iterable, Iterator, Mapping, Set

from crawler.facts.likeness import distance
from crawler.snapshot import Reach
from rules.divisions import (
    division_of,
    is_kept_as_it_was,
    is_of_a_body_below,
    may_be_allowed_beside,
    may_be_portal,
    sponsor_of,
)
from rules.domains import without_www
from rules.dossier import SeenSite
from rules.registry import Status
from rules.rule import RegistryRule
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, not_applicable, passed, undecided

MINIMUM_NAME = 6
"""Characters of a sponsor's name below which it is a short form (教育局) that many places share."""
ALIKE = 12
"""Bits of their fingerprints in which two visits to one homepage may differ: a tenth of its links is new."""


def judge(sites: Iterable[SeenSite], thresholds: Mapping[str, int]) -> Iterator[tuple[int, Judgement]]:
    """Judge the running sites of each sponsor: the first registered one stays, the others are one too many."""
    groups: dict[tuple[str, str], list[SeenSite]] = {}
    registered: set[str] = set()
    for site in sites:
        if site.row and site.row.site_code:
            registered.add(site.row.site_code.lower())
        early = _without_comparison(site)
        if early:
            yield site.site_id, early
        else:
            groups.setdefault((sponsor_of(site), _division(site)), []).append(site)
    for group in groups.values():
        yield from _compare(sorted(group, key=_seniority), registered)


def _division(site: SeenSite) -> str:
    code = (site.row.site_code if site.row else None) or next(iter(site.printed_codes), None)
    return division_of(code) if code else ""


def _seniority(site: SeenSite) -> tuple[bool, str, str]:
    return (site.row is None, (site.row.site_code or "~") if site.row else "~", site.host)


def _without_comparison(site: SeenSite) -> Judgement | None:
    if site.row and site.row.status is not Status.RUNNING:
        return not_applicable("not_running", "登记状态不是正常运行，不作判定")
    if site.reach is not Reach.OK:
        return undecided("not_seen", "未见到该网站的内容，不作比对")
    if len(sponsor_of(site)) < MINIMUM_NAME or not _division(site):
        return undecided("no_sponsor", "没有主办单位全称或网站标识码，无法比对")
    return None


def _compare(group: list[SeenSite], registered: Set[str]) -> Iterator[tuple[int, Judgement]]:
    first, *others = group
    yield first.site_id, passed("single", "没有发现同一主办单位在登记顺序上更早的网站")
    for site in others:
        yield site.site_id, _second(site, first, registered)


def _second(site: SeenSite, first: SeenSite, registered: Set[str]) -> Judgement:
    if without_www(site.final_host) == without_www(first.final_host) or _shows_the_same(site, first):
        return passed("same_site", f"与{first.host}为同一网站的两个地址")
    pair = (_registry_evidence(first), _registry_evidence(site))
    if any(may_be_portal(one) for one in (site, first)):
        return undecided("portal", "同一主办单位的两个网站中有一个是门户网站，须人工核对", *pair)
    if site.row is None and not registered.isdisjoint(code.lower() for code in site.printed_codes):
        return undecided("part_of_another", "印有登记库中另一网站的标识码，可能是其栏目或业务系统，须人工核对", *pair)
    if any(may_be_allowed_beside(one) for one in (site, first)):
        return undecided("may_be_platform", "其中一个可能是按规定另设的平台或外文版，须人工核对", *pair)
    if any(is_kept_as_it_was(one) for one in (site, first)):
        return undecided("may_be_former_site", "其中一个的名称写明已迁移、停止更新或归档，须人工核对", *pair)
    if any(is_of_a_body_below(one) for one in (site, first)):
        return undecided("may_be_body_below", "其中一个以下属事业单位、队伍等的名称开设，可能是另一单位的网站，须人工核对", *pair)
    if distance(site.content, first.content) <= ALIKE:
        return undecided("may_be_same_site", f"首页与{first.final_host}几乎相同，可能是同一网站的两个地址，须人工核对", *pair)
    return failed("second_site", f"“{sponsor_of(site)}”另有正在运行的网站{first.final_host}", *pair, owner=sponsor_of(site))


def _shows_the_same(site: SeenSite, first: SeenSite) -> bool:
    """Tell a second address of the same site: the same homepage to the byte, or an unregistered one that prints the first one's code."""
    if site.sha256 and site.sha256 == first.sha256:
        return True
    code = first.row.site_code if first.row else None
    return site.row is None and code is not None and code.lower() in {printed.lower() for printed in site.printed_codes}


def _registry_evidence(site: SeenSite) -> Evidence:
    code = site.row.site_code if site.row and site.row.site_code else "未登记"
    return Evidence(
        kind=EvidenceKind.REGISTRY,
        url=site.url,
        label=site.row.name if site.row else site.title,
        excerpt=f"主办单位：{sponsor_of(site)}；网站标识码：{code}",
        fetched_at=site.fetched_at,
        sha256=site.sha256,
    )


RULE = RegistryRule(version=4, judge=judge)
