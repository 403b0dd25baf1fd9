"""The divisions that site codes name, and whether the registry at hand holds enough of one to say what is missing from it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rules.dossier import SeenSite
from rules.registry import Level, RegistryRow

REGION_DIGITS = 6
"""The first six characters of a site code name the division or department (standards.md section 5)."""
GOVERNMENT_OFFICE = re.compile(r"(?:人民政府|办公[厅室])$")
"""Sponsors that run the portal of a government: itself, or its general office."""

PARTY_AND_COURTS = re.compile(
    r"中共|中国共产党|共产党|纪委|纪律检查|监察委|党校|(?:组织|宣传|统战|武装|新闻)部|政法委|机关工委|机构编制|人民代表大会|人大|政协|政治协商"
    r"|法院|检察院|总?工会|共青团|团委|妇联|妇女联合会|残联|残疾人联合会|科协|科学技术协会|文联|侨联|工商联|工商业联合会|红十字"
)
ANSWERS_TO_THE_CENTRE = re.compile(
    r"税务|气象|海关|海事|烟草|邮政|银监|保监|证监|人民银行|外汇|统计局\S*调查队|调查队|地震|国家安全|消防|边防|武警|铁路|民航|检验检疫|煤矿安全|通信管理"
)
INSTITUTION = re.compile(
    r"(?:医院|学校|大学|学院|中学|小学|幼儿园|馆|所|(?<!网)站|(?<!平)台|院|社|队|中心|公司|集团|银行|协会|学会|商会|基金会)$"
)
"""Bodies that the registry of their place need not hold: of the party, of congress, courts and associations, such as answer to the centre
alone (registered by their ministry), and institutions that administer nothing."""
SITE_NAME_ENDING = re.compile(r"(?:官方|门户|政务)*(?:网站?|门户|主页)$")
PLATFORM = re.compile(
    r"公共资源|信用(?:中国|网|信息)|政务服务|网上办事|办事大厅|政府采购|招标投标|投资项目|不动产|执法公示|企业信用|数据(?:开放|共享)|开放平台"
    r"|公积金|热线|12345|12333"
)
"""Platforms that the State Council has every place or trade keep beside the sites of the bodies that run them."""
SYSTEM = re.compile(
    r"系统|平台|办公自动化|协同办公|(?<![A-Za-z])OA(?![A-Za-z])|邮箱|邮件|登录|登陆|测试|预览|后台|管理端|客户端|(?<![a-z])test"
)
"""What is no site for the public, or one that is not open yet."""
KEPT = re.compile(r"迁移|停止更新|停用|归档|关停|改版前|旧[版站]|历史(?:数据|网站|信息)")
"""What an address says that is kept as it was: the site itself is elsewhere, or gone."""
AREA = re.compile(r"^\S{1,8}?(?:自治[区州县旗]|[省市县区州盟旗])")
OF_AN_OFFICE = re.compile(r"(?:办公[厅室]|委员会|局|委|厅|办|处)$")
LEAST_TRUNK = 2
LEAST_CHINESE = 2
"""Characters of a title in Chinese, at least: those of a version in a foreign language have none."""


def may_be_another_body(site: SeenSite) -> bool:
    """Tell whether a site may be that of no part of the government of its place: it need not be in that registry."""
    bodies = (PARTY_AND_COURTS, ANSWERS_TO_THE_CENTRE, INSTITUTION)
    return any(body.search("".join(name.split())) for name in (site.sponsor, site.title) for body in bodies)


def may_use_other_domains(row: RegistryRow) -> bool:
    """Tell whether a body may be none of those that have to use a government's domain: institutions that administer nothing must not."""
    name = "".join((row.sponsor or SITE_NAME_ENDING.sub("", row.name)).split())
    return any(body.search(name) for body in (PARTY_AND_COURTS, INSTITUTION))


def may_be_allowed_beside(site: SeenSite) -> bool:
    """Tell whether a site is one that a body may keep beside its own: a platform it has to run, or a version in a foreign language."""
    title = site.title or (site.row.name if site.row else "")
    names = f"{site.title} {site.row.name if site.row else ''}"
    return bool(PLATFORM.search(names)) or len(re.findall(r"[\u4e00-\u9fff]", title)) < LEAST_CHINESE


def is_no_site_of_its_own(site: SeenSite) -> bool:
    """Tell whether a page may be that of a system or platform, which others keep, and no site of the body that it names."""
    return bool(PLATFORM.search(site.title) or SYSTEM.search(site.title))


def is_kept_as_it_was(site: SeenSite) -> bool:
    """Tell whether the title of a page says that the site has moved, or is kept as an archive."""
    return bool(KEPT.search(site.title) or (site.row and KEPT.search(site.row.name)))


def is_of_a_body_below(site: SeenSite) -> bool:
    """Tell whether a site is named after an institution, which may be a body of its own below its sponsor."""
    names = (site.row.name if site.row else "", site.title)
    return any(INSTITUTION.search(SITE_NAME_ENDING.sub("", "".join(name.split()))) for name in names)


def may_name_the_same_body(sponsors: str, other: str) -> bool:
    """Tell whether one of several sponsors may be another one in other words: short, by an office of it, or merged with a third."""
    trunk, kind = _trunk(other)
    named = (_trunk(name) for name in re.split(r"[、，,;；/]|(?<=[局委厅办府])和", sponsors) if name)
    return any(like == kind and min(len(one), len(trunk)) >= LEAST_TRUNK and (one in trunk or trunk in one) for one, like in named)


def _trunk(name: str) -> tuple[str, str]:
    """Return what a body is about, its name without its place, and what kind of body it is; of a government, its place as well."""
    whole = re.sub(r"办公[厅室]$", "", name)
    if whole.endswith("政府"):
        return whole, "政府"
    kind = OF_AN_OFFICE.search(whole)
    return AREA.sub("", whole[: kind.start()] if kind else whole), kind[0] if kind else ""


def division_of(code: str) -> str:
    """Return the division or department of a site code, in lower case."""
    return code[:REGION_DIGITS].lower()


def sponsor_of(site: SeenSite) -> str:
    """Return the sponsor of a site without blanks: as registered, else as printed on its pages."""
    return "".join(((site.row.sponsor if site.row else "") or site.sponsor).split())


def may_be_portal(site: SeenSite) -> bool:
    """Tell whether a registered site is a portal, or may be one: its level is unknown and its sponsor is an office that runs portals."""
    if site.row is None:
        return False
    return site.row.level.is_portal if site.row.level else bool(GOVERNMENT_OFFICE.search(sponsor_of(site)))


def _heads_its_division(site: SeenSite) -> bool:
    return may_be_portal(site) or (site.row is not None and site.row.level is Level.CENTRAL_DEPT)


@dataclass(slots=True)
class _Holding:
    heads: int = 0
    others: int = 0


@dataclass(slots=True)
class RegistryAtHand:
    """How many sites of each division the registry at hand holds: its portals, and the sites of its departments."""

    _held: dict[str, _Holding] = field(default_factory=dict)

    @classmethod
    def of(cls, sites: Iterable[SeenSite]) -> "RegistryAtHand":
        """Count the registered sites that have a code."""
        registry = cls()
        for site in sites:
            if site.row and site.row.site_code:
                holding = registry._held.setdefault(division_of(site.row.site_code), _Holding())
                if _heads_its_division(site):
                    holding.heads += 1
                else:
                    holding.others += 1
        return registry

    def covers(self, division: str, departments: int) -> bool:
        """Tell whether the registry plausibly holds the whole division: a portal, and at least `departments` other sites."""
        holding = self._held.get(division)
        return holding is not None and holding.heads > 0 and holding.heads - 1 + holding.others >= departments
