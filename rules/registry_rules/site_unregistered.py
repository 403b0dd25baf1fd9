"""未在全国政府网站信息报送系统中填报

检查内容
    从已登记网站的链接中发现、带有政府网站标识且正在运行的网站，是否在登记库中。
依据
    《政府网站发展指引》关于网站开设、备案和信息报送的要求；2018年第一季度通报用语“未在全国政府网站信息报送系统中填报”。
判定
    pass 登记库中有该网站，或者有它的网站标识码。
    fail 网站正常运行、使用政府域名、印有完整的标识码，或者有党政机关标识且主办单位没有登记任何网站，
        而登记库中既没有它的地址也没有它的标识码。
    inconclusive 未见到内容；没有政府网站标识；可能是已登记网站的栏目或业务系统；
        名称是业务系统、服务平台、测试页面或停用的旧网站；登记库可能不完整，
        即没有其所在地区的门户网站和足够的部门网站；登记信息没有标识码；主办单位可能不是当地政府的部门。
    na 登记状态为关停、迁移或临时下线。
证据
    指向该网站的链接；该网站的标题、标识和域名。
易误判
    登记的是另一个网址；登记库只含部分地区；同一网站的多个域名；栏目或业务系统使用单独域名；标识码印错一位；
    主办单位的名称写法不同、机构更名或合并、几个单位合办；登记库不是最新的，网站是最近填报的；党委、人大、政协、法院、检察院、群团、垂直管理机构和学校、医院等事业单位的网站。
整改建议
    在全国政府网站信息报送系统中补报该网站，取得网站标识码；不再保留的，按程序关停。
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crawler.snapshot import Reach
from rules.divisions import (
    RegistryAtHand,
    division_of,
    is_kept_as_it_was,
    is_no_site_of_its_own,
    may_be_another_body,
    may_name_the_same_body,
    sponsor_of,
)
from rules.domains import is_government, without_www
from rules.dossier import SeenSite
from rules.registry import SITE_CODE, RegistryRow, Status
from rules.rule import RegistryRule
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, not_applicable, passed, undecided


@dataclass(frozen=True, slots=True)
class _Registered:
    """What the registered sites of the scan are known by."""

    codes: frozenset[str]
    hosts: Mapping[str, str]
    """Hosts without `www.`, with the division of the site's code; empty where it has none."""
    codes_of: Mapping[str, frozenset[str]]
    """Codes by sponsor, lower case; empty where its sites have none."""
    sponsors_in: Mapping[str, frozenset[str]]
    """Sponsors by division."""
    at_hand: RegistryAtHand


def judge(sites: Iterable[SeenSite], thresholds: Mapping[str, int]) -> Iterator[tuple[int, Judgement]]:
    """Judge every site of a scan; registered ones by their row, discovered ones by what they show."""
    seen = tuple(sites)
    known = _known(site for site in seen if site.row)
    departments = thresholds["departments"]
    for site in seen:
        yield site.site_id, _registered(site) if site.row else _discovered(site, known, departments)


def _known(registered: Iterable[SeenSite]) -> _Registered:
    rows = [(site, site.row) for site in registered if site.row]
    return _Registered(
        codes=frozenset(row.site_code.lower() for _, row in rows if row.site_code),
        hosts={
            without_www(host): division_of(row.site_code) if row.site_code else ""
            for site, row in rows
            for host in (site.final_host, site.host)
            if host
        },
        codes_of=_codes_by_sponsor(rows),
        sponsors_in=_sponsors_by_division(rows),
        at_hand=RegistryAtHand.of(site for site, _ in rows),
    )


def _codes_by_sponsor(rows: Iterable[tuple[SeenSite, RegistryRow]]) -> dict[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for site, row in rows:
        if sponsor := sponsor_of(site):
            codes.setdefault(sponsor, set()).update([row.site_code.lower()] if row.site_code else ())
    return {sponsor: frozenset(of_sponsor) for sponsor, of_sponsor in codes.items()}


def _sponsors_by_division(rows: Iterable[tuple[SeenSite, RegistryRow]]) -> dict[str, frozenset[str]]:
    sponsors: dict[str, set[str]] = {}
    for site, row in rows:
        if row.site_code and (sponsor := sponsor_of(site)):
            sponsors.setdefault(division_of(row.site_code), set()).add(sponsor)
    return {division: frozenset(names) for division, names in sponsors.items()}


def _registered(site: SeenSite) -> Judgement:
    row = site.row
    if row and row.status is not Status.RUNNING:
        return not_applicable("not_running", "登记状态不是正常运行，不作判定")
    if row and row.site_code:
        return passed("registered", f"登记库中有该网站，网站标识码{row.site_code}")
    return undecided("no_code", "登记信息没有网站标识码，无法确认是否已填报")


def _discovered(site: SeenSite, known: _Registered, departments: int) -> Judgement:
    evidence = (
        Evidence(
            kind=EvidenceKind.PAGE_QUOTE, url=site.url, excerpt=site.excerpt or site.title, fetched_at=site.fetched_at, sha256=site.sha256
        ),
        *(Evidence(kind=EvidenceKind.LINK, url=url, label="已登记网站上的链接") for url in site.linked_from),
    )
    printed = [code.lower() for code in site.printed_codes]
    if without_www(site.final_host or site.host) in known.hosts:
        return passed("registered_host", "该地址属于已登记的网站")
    if any(code in known.codes for code in printed):
        return passed("registered_code", "登记库中有该网站的标识码，登记的是另一个网址")
    if site.reach is not Reach.OK:
        return undecided("not_seen", "未见到该网站的内容", *evidence)
    if not is_government(site.final_host):
        return undecided("foreign_domain", "该网站不使用政府域名，须人工核对是否为政府网站", *evidence)
    if not (site.party_mark or printed or site.sponsor):
        return undecided("no_marks", "该网站没有政府网站标识，须人工核对", *evidence)
    whole = [code for code in printed if SITE_CODE.fullmatch(code)]
    own = known.codes_of.get(sponsor_of(site))
    if own is not None and (not whole or any(_is_slip(one, other) for one in whole for other in own)):
        return undecided("may_be_part", "主办单位在登记库中有网站，该网站可能是其栏目、业务系统或另一网址，须人工核对", *evidence)
    if not whole and not (site.party_mark and site.sponsor):
        return undecided(
            "may_be_part", "没有完整的标识码，也没有主办单位和党政机关标识，可能是已登记网站的栏目或业务系统，须人工核对", *evidence
        )
    if may_be_another_body(site):
        reason = "主办单位可能是党委、人大、政协、司法、群团、垂直管理机构或事业单位，不一定须填报，须人工核对"
        return undecided("another_body", reason, *evidence)
    if is_no_site_of_its_own(site) or is_kept_as_it_was(site):
        return undecided("may_be_system", "可能是业务系统、服务平台、测试页面或停用的旧网站，不一定须填报，须人工核对", *evidence)
    division = _division(site, whole, known)
    if not whole and any(may_name_the_same_body(sponsor_of(site), other) for other in known.sponsors_in.get(division, ())):
        return undecided("may_be_part", "主办单位与登记库中的单位名称相近，可能是同一单位的栏目、业务系统或另一网址，须人工核对", *evidence)
    if not known.at_hand.covers(division, departments):
        return undecided("registry_partial", "登记库中没有该网站所在地区的门户网站和足够的部门网站，可能不完整，不能认定", *evidence)
    return failed("not_in_registry", f"登记库中没有{site.final_host}，也没有它的网站标识码", *evidence)


def _is_slip(printed: str, registered: str) -> bool:
    """Tell whether a code is another one with one character mistyped."""
    return len(printed) == len(registered) and sum(one != other for one, other in zip(printed, registered, strict=True)) == 1


def _division(site: SeenSite, printed: list[str], known: _Registered) -> str:
    """Return the division of the site: by its printed code, else that of the registered site above its domain; empty if unknown."""
    if printed:
        return division_of(printed[0])
    labels = without_www(site.final_host).split(".")
    above = (".".join(labels[index:]) for index in range(1, len(labels) - 2))
    return next((known.hosts[host] for host in above if host in known.hosts), "")


RULE = RegistryRule(version=5, judge=judge)
