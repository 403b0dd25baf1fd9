"""疑似假冒政府网站

检查内容
    在非政府域名下、以登记库中其他网站的身份出现的网站。
依据
    《政府网站发展指引》：政府网站只使用.gov.cn或.政务域名；监管年度报表统计假冒政府网站；2017年第四季度通报“假冒政府网站”。
判定
    pass 非政府域名，但没有以登记库中其他网站的身份出现。
    fail 非政府域名，首页印有登记库中另一网站的标识码，以其名称或主办单位自称，而ICP备案主体号与该网站不同：须人工核实后处置。
    inconclusive 未见到内容；印有另一网站的标识码而名称不同，可能只是引用；
        印有另一网站的标识码，但备案相同或无从比对，可能是同一单位的另一地址；只有党政机关标识或政府名称。
    na 使用政府域名，或者是登记的网址本身。
证据
    被冒用的登记信息；该网站的标题、标识码和备案编号；指向它的链接。
易误判
    同一单位的镜像、旧域名或服务商的测试地址；转载整页的新闻网站，信息中引用了标识码；备案由技术服务单位办理。
整改建议
    由主管部门核实；确属假冒的，移送网信、电信主管部门和公安机关处置，并清理指向它的链接。
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from crawler.snapshot import Reach
from rules.divisions import GOVERNMENT_OFFICE, sponsor_of
from rules.domains import is_government, without_www
from rules.dossier import SeenSite
from rules.rule import RegistryRule
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, not_applicable, passed, undecided

FILING_HOLDER = re.compile(r"\d{5,}")
"""The number of an ICP filing without the site's own serial: 冀ICP备05003505号-1 and -2 are of one holder."""


def judge(sites: Iterable[SeenSite], thresholds: Mapping[str, int]) -> Iterator[tuple[int, Judgement]]:
    """Judge the sites that are served under a foreign domain against the registered owners of the codes they print."""
    seen = tuple(sites)
    owners = {site.row.site_code.lower(): site for site in seen if site.row and site.row.site_code}
    for site in seen:
        yield site.site_id, _judge(site, owners)


def _judge(site: SeenSite, owners: Mapping[str, SeenSite]) -> Judgement:
    host = site.final_host or site.host
    if is_government(host):
        return not_applicable("government_domain", "使用政府域名，不作判定")
    if site.row and without_www(host) == without_www(site.row.host):
        return not_applicable("registered_address", "是登记的网址本身，由“域名后缀”一项判定")
    if site.reach is not Reach.OK:
        return undecided("not_seen", "未见到该网站的内容")
    own = site.row.site_code.lower() if site.row and site.row.site_code else None
    shown = {printed.code.lower() for printed in site.codes}
    claimed = [owners[code] for code in sorted(shown) if code in owners and code != own]
    other = next((owner for owner in claimed if without_www(host) not in (without_www(owner.host), without_www(owner.final_host))), None)
    if other:
        return _compared(site, other)
    if own is None and (site.party_mark or GOVERNMENT_OFFICE.search(site.sponsor)):
        return undecided("marks_only", "非政府域名，有党政机关标识或政府名称，没有登记库中的标识码，须人工核对", _of_page(site))
    return passed("no_claim", "没有以登记库中其他网站的身份出现")


def _compared(site: SeenSite, owner: SeenSite) -> Judgement:
    evidence = (_of_registry(owner), _of_page(site), *_links(site))
    mine, theirs = _holder(site.icp), _holder(owner.icp)
    if not _goes_by_its_name(site, owner):
        return undecided(
            "may_be_quoted", f"首页印有{owner.host}的网站标识码，标题和主办单位却不是它的，可能只是引用，须人工核对", *evidence
        )
    if mine and theirs and mine != theirs:
        reason = f"{site.final_host}印有{owner.host}的网站标识码，ICP备案主体号不同"
        return failed("claims_identity", reason, *evidence)
    reason = f"{site.final_host}印有{owner.host}的网站标识码，可能是同一单位的另一地址，须人工核对"
    return undecided("may_be_second_address", reason, *evidence)


def _goes_by_its_name(site: SeenSite, owner: SeenSite) -> bool:
    """Tell whether a site bears the name of the registered one, or names its sponsor: who only quotes a code does neither."""
    name = owner.row.name if owner.row else ""
    return (bool(name) and name in site.title) or (bool(site.sponsor) and "".join(site.sponsor.split()) == sponsor_of(owner))


def _holder(icp: str | None) -> str | None:
    match = FILING_HOLDER.search(icp or "")
    return match[0] if match else None


def _of_registry(owner: SeenSite) -> Evidence:
    name, code = (owner.row.name, owner.row.site_code) if owner.row else (owner.title, None)
    return Evidence(kind=EvidenceKind.REGISTRY, url=owner.url, label=name, excerpt=f"网站标识码：{code}；备案：{owner.icp or '未见'}")


def _of_page(site: SeenSite) -> Evidence:
    shown = f"{site.title}；标识码：{'、'.join(site.printed_codes) or '未见'}；备案：{site.icp or '未见'}"
    return Evidence(kind=EvidenceKind.PAGE_QUOTE, url=site.url, excerpt=shown, fetched_at=site.fetched_at, sha256=site.sha256)


def _links(site: SeenSite) -> tuple[Evidence, ...]:
    return tuple(Evidence(kind=EvidenceKind.LINK, url=url, label="已登记网站上的链接") for url in site.linked_from)


RULE = RegistryRule(version=2, judge=judge)
