"""Which titles a search is tried with: those that its index ought to hold."""

from datetime import UTC, date, datetime

from crawler.facts.records import Column, ColumnClass, Item, Letters, PageFacts, PageType
from crawler.search_probes.queries import plan_queries
from crawler.snapshot import Page, PageRole

HOSTS = frozenset({"lizhou.gov.cn"})


def page_with(*titles: str, role: PageRole = PageRole.COLUMN, column_class: ColumnClass = ColumnClass.OTHER, letters: bool = False) -> Page:
    url = f"http://lizhou.gov.cn/{titles[0]}/"
    items = tuple(Item(title=title, url=f"{url}{number}.html", date=date(2018, 2, 1)) for number, title in enumerate(titles))
    facts = PageFacts(
        url=url,
        encoding="utf-8",
        page_type=PageType.COLUMN,
        column=Column(items=items, column_class=column_class),
        letters=Letters() if letters else None,
    )
    return Page(role=role, url=url, final_url=url, status=200, facts=facts, fetched_at=datetime(2018, 3, 1, tzinfo=UTC))


def test_letters_and_services_live_in_systems_that_a_search_may_not_know() -> None:
    pages = (
        page_with("咨询城乡居民医保报销流程", role=PageRole.INTERACTION),
        page_with("反映东街路灯不亮影响出行", letters=True),
        page_with("食品经营许可证核发办事指南", column_class=ColumnClass.SERVICE),
        page_with("请求核实宅基地登记发证结果", column_class=ColumnClass.INTERACTION),
    )
    assert plan_queries(pages, HOSTS) == ()
    known = page_with("全区春季防汛抗旱物资储备检查顺利完成")
    assert [query.expected for query in plan_queries((*pages, known), HOSTS)] == ["全区春季防汛抗旱物资储备检查顺利完成", None]
