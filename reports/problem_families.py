"""The families of problems, as the bulletin groups, orders and introduces them."""

from enum import StrEnum

from crawler.facts.records import Record


class Category(StrEnum):
    """The categories of section two, in its order. `OTHER` takes the families of other standards."""

    MANAGEMENT = "网站管理不到位"
    SERVICE = "在线服务不便民"
    INTERACTION = "互动渠道不畅通"
    IDENTITY = "域名标识不规范"
    OTHER = "其他问题"


class Family(Record, frozen=True, kw_only=True):
    """Problems found by one rule: their category, what was looked at, and how their sentence begins."""

    rule: str
    subject: str = ""
    """What the rule looks at, said so that it accuses nobody: pages list what passed under it."""
    category: Category
    opening: str = ""
    joined: bool = False
    """A site's problems of joined families are told in one sentence, under the family that comes first for it."""


OUTSTANDING_ORDER = ("site_unreachable", "homepage_stale", "columns_stale", "columns_empty", "interaction_unanswered")
"""The veto families, the most outstanding first: a list with one problem a site prints the first of these that it has."""

_FAMILIES = (
    Family(rule="site_unregistered", subject="网站登记", category=Category.MANAGEMENT, joined=True),
    Family(rule="homepage_stale", subject="首页更新", category=Category.MANAGEMENT, joined=True),
    Family(rule="site_unreachable", subject="网站访问", category=Category.MANAGEMENT, joined=True),
    Family(rule="columns_stale", subject="栏目更新", category=Category.MANAGEMENT, joined=True),
    Family(rule="columns_empty", subject="栏目内容", category=Category.MANAGEMENT, joined=True),
    Family(rule="publish_date_forged", subject="发稿日期", category=Category.MANAGEMENT, joined=True),
    Family(rule="site_duplicate", subject="一个单位一个网站", category=Category.MANAGEMENT, joined=True),
    Family(rule="annual_report_missing", subject="工作年度报表", category=Category.MANAGEMENT, opening="另外，"),
    Family(rule="service_guide_incomplete", subject="办事指南要素", category=Category.SERVICE),
    Family(rule="search_missing", subject="搜索功能", category=Category.SERVICE),
    Family(rule="search_broken", subject="搜索结果", category=Category.SERVICE),
    Family(rule="feedback_entry_missing", subject="监督举报入口", category=Category.INTERACTION, opening="监督举报入口不全，"),
    Family(rule="interaction_missing", subject="互动交流栏目", category=Category.INTERACTION, opening="互动渠道缺失，"),
    Family(rule="interaction_unanswered", subject="留言回应", category=Category.INTERACTION, opening="答复群众不及时，"),
    Family(rule="domain_suffix", subject="网站域名", category=Category.IDENTITY),
    Family(rule="footer_marks_missing", subject="页面底部标识", category=Category.IDENTITY),
)
_BY_RULE = {family.rule: family for family in _FAMILIES}
_PLACE = {family.rule: place for place, family in enumerate(_FAMILIES)}
OWNER_RULES = frozenset({"site_duplicate"})
"""What is told of the unit behind the site: a site does not run two sites."""

_OUTLINE_NAMES = {
    "unreachable": "site_unreachable",
    "forged_publish_date": "publish_date_forged",
    "duplicate_site": "site_duplicate",
    "unregistered_site": "site_unregistered",
}
"""Family names of gathered figures (`cited_problems.csv`) that differ from the rule ids."""


def family_of(rule: str) -> Family:
    """Return the family of a rule; a rule of another standard goes to the other problems."""
    return _BY_RULE.get(rule) or Family(rule=rule, category=Category.OTHER)


def rule_named(family_name: str) -> str | None:
    """Return the rule id of a family as figure files name it; None for a name nobody knows."""
    rule = _OUTLINE_NAMES.get(family_name, family_name)
    return rule if rule in _BY_RULE else None


def sentence_order(rule: str) -> tuple[int, str]:
    """Return the sort key of sentences by the rule that leads them; the categories follow each other in it."""
    return _PLACE.get(rule, len(_PLACE)), rule


def telling_order(rule: str) -> tuple[bool, int, str]:
    """Return the sort key by which one site's problems are told: that it is one of two explains the others, so that comes first."""
    return rule != "site_duplicate", *sentence_order(rule)


def outstanding_order(rule: str) -> tuple[int, int, str]:
    """Return the sort key of a site's problems by weight: vetoes in their order, then cited ones in that of the bulletin."""
    veto = OUTSTANDING_ORDER.index(rule) if rule in OUTSTANDING_ORDER else len(OUTSTANDING_ORDER)
    return veto, *sentence_order(rule)
