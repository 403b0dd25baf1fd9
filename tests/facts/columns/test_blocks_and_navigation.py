"""The named lists of a homepage keep their own names: a list never gets the name, and so the update window, of another."""

import datetime as dt

import pytest

from crawler.facts.columns.classes import classify
from crawler.facts.columns.navigation import read_navigation
from crawler.facts.columns.reading import read_blocks
from crawler.facts.dates.publication import newest_item_date, newest_possible_date
from crawler.facts.records import Column, ColumnClass
from crawler.facts.tree.document import Document
from tests.facts.column_pages import AS_OF, FOOTER, MENU, TODAY, Entry, entries

OFFICES = "".join(
    f"<li><a href='http://{number}.qinghe.example/'>清河县{name}</a></li>"
    for number, name in enumerate(("财政局", "教育局", "水务局", "农业局"))
)


def home(body: str, as_of: dt.date = AS_OF) -> Document:
    head, foot = f"{TODAY}<ul class='nav'>{MENU}</ul>", f"<ul>{OFFICES}</ul>{FOOTER}"
    text = f"<html><head><title>清河县人民政府</title></head><body>{head}{body}{foot}</body></html>"
    return Document.parse(text.encode(), url="http://www.qinghe.example/", as_of=as_of)


def listed(items: list[Entry]) -> str:
    return "<ul>" + "".join(f"<li><a href='{item.href}'>{item.title}</a><span>{item.printed()}</span></li>" for item in items) + "</ul>"


NEWS, NOTICES, POLICY = entries(5), entries(4, dt.date(2018, 5, 2)), entries(3, dt.date(2018, 1, 9))


def named(blocks: tuple[Column, ...]) -> list[tuple[str | None, int, dt.date | None, str | None]]:
    return [
        (block.name, len(block.items), block.newest, block.url and block.url.removeprefix("http://www.qinghe.example")) for block in blocks
    ]


@pytest.mark.parametrize(
    "block",
    [
        "<div><div class='t'><h3>{name}</h3><a href='{url}'>更多&gt;&gt;</a></div>{list}</div>",
        "<div><h2><a href='{url}'>{name}</a></h2>{list}</div>",
        "<table><tr><td><a href='{url}'>{name}</a></td><td><a href='{url}'>more</a></td></tr><tr><td colspan=2>{list}</td></tr></table>",
        "<div><p><span>{name}</span></p>{list}<p><a href='{url}'>查看更多</a></p></div>",
        "<div><p><span>{name}</span><em>NEWS</em><a href='{url}'>+</a></p></div>{list}",
    ],
)
def test_blocks_have_their_headings_and_links(block: str) -> None:
    parts = [("新闻动态", "/xwzx/", NEWS), ("通知公告", "/tzgg/", NOTICES), ("政策文件", "/zcwj/", POLICY)]
    document = home("".join(block.format(name=name, url=url, list=listed(items)) for name, url, items in parts))
    blocks = read_blocks(document)
    assert named(blocks) == [
        ("新闻动态", 5, dt.date(2018, 5, 28), "/xwzx/"),
        ("通知公告", 4, dt.date(2018, 5, 2), "/tzgg/"),
        ("政策文件", 3, dt.date(2018, 1, 9), "/zcwj/"),
    ]
    assert [block.column_class for block in blocks] == [ColumnClass.NEWS, ColumnClass.NOTICES, ColumnClass.POLICY]


TABS = "<ul><li>{}</li><li>{}</li><li>{}</li></ul>"


def test_panels_get_the_names_of_their_tabs() -> None:
    tabs = TABS.format("新闻动态", "通知公告", "政策文件")
    panels = "".join(f"<div class='panel'>{listed(items)}</div>" for items in (NEWS, NOTICES, POLICY))
    blocks = read_blocks(home(f"<div>{tabs}<div>{panels}</div></div>"))
    assert [(block.name, len(block.items)) for block in blocks] == [("新闻动态", 5), ("通知公告", 4), ("政策文件", 3)]


def test_the_open_panel_is_a_sister_of_the_closed_ones() -> None:
    tabs = TABS.format("新闻动态", "通知公告", "政策文件")
    states = (" class='active'", "", " class='hide'")
    panels = "".join(f"<div{state}>{listed(items)}</div>" for state, items in zip(states, (NEWS, NOTICES, POLICY), strict=True))
    blocks = read_blocks(home(f"<div>{tabs}<div>{panels}</div></div>"))
    assert [block.name for block in blocks] == ["新闻动态", "通知公告", "政策文件"]


HEADLINE = "<h4><a href='/h/1.html'>市委召开全体会议审议通过有关工作报告的决议</a></h4>"


def test_a_panel_may_begin_with_a_headline() -> None:
    tabs = TABS.format("新闻动态", "通知公告", "政策文件")
    panels = "".join(f"<div class='panel'>{HEADLINE}{listed(items)}</div>" for items in (NEWS, NOTICES, POLICY))
    names = [block.name for block in read_blocks(home(f"<div>{tabs}<div>{panels}</div></div>"))]
    assert [name for name in names if name] == ["新闻动态", "通知公告", "政策文件"]
    assert not any(block.name for block in read_blocks(home(f"<p>欢迎</p>{tabs}<div>{panels}</div>")))


def test_numbered_panels_under_separated_tabs_are_of_one_kind() -> None:
    tabs = "<h3><a href='/1/'>新闻动态</a>|<a href='/2/'>通知公告</a>|<a href='/3/'>政策文件</a></h3>"
    panels = "".join(f"<div class='con{number}'>{listed(items)}</div>" for number, items in enumerate((NEWS, NOTICES, POLICY)))
    blocks = read_blocks(home(f"<div>{tabs}<div>{panels}</div></div>"))
    assert [block.name for block in blocks] == ["新闻动态", "通知公告", "政策文件"]


def test_a_table_of_tabs_stands_before_tables_of_lists() -> None:
    tabs = "<table><tr><td>新闻动态</td><td>通知公告</td><td>政策文件</td></tr></table>"
    panels = "".join(f"<table><tr><td>{listed(items)}</td></tr></table>" for items in (NEWS, NOTICES, POLICY))
    blocks = read_blocks(home(f"<div>{tabs}{panels}</div>"))
    assert [block.name for block in blocks] == ["新闻动态", "通知公告", "政策文件"]


def test_an_empty_panel_does_not_shift_the_names() -> None:
    tabs = TABS.format("新闻动态", "通知公告", "政策文件")
    panels = "".join(f"<div class='panel'>{inner}</div>" for inner in (listed(NEWS), "<ul></ul>", listed(POLICY)))
    blocks = read_blocks(home(f"<div>{tabs}<div>{panels}</div></div>"))
    assert [(block.name, len(block.items)) for block in blocks] == [("新闻动态", 5), ("政策文件", 3)]


def test_lists_under_tabs_that_cannot_be_told_apart_have_no_name() -> None:
    tabs = TABS.format("新闻动态", "通知公告", "政策文件")
    blocks = read_blocks(home(f"<div>{tabs}<div>{listed(NEWS)}</div></div>"))
    assert [(block.name, block.column_class) for block in blocks] == [(None, ColumnClass.OTHER)]


def test_lists_of_offices_and_menus_are_no_blocks() -> None:
    assert read_blocks(home("")) == ()


def test_the_newest_date_is_the_newest_printed_one_and_never_in_the_future() -> None:
    future = [Entry("关于举办全县职工运动会的通知", dt.date(2018, 9, 1), "/9.html")]
    document = home(listed(NEWS[2:]) + "<h3>通知公告</h3>" + listed(future + NOTICES))
    blocks = read_blocks(document)
    assert newest_item_date(document, blocks, None) == NEWS[2].date


def test_a_date_without_a_year_keeps_a_page_from_looking_stale_but_is_not_the_newest_printed_date() -> None:
    yearless = "<ul>" + "".join(f"<li><a href='{item.href}'>{item.title}</a>[{item.printed('%m-%d')}]</li>" for item in NEWS) + "</ul>"
    document = home(
        f"<h3>新闻动态</h3>{yearless}<h3>政策文件</h3>" + listed([Entry("关于公布权责清单的通告", dt.date(2016, 3, 1), "/z.html")] * 2)
    )
    blocks = read_blocks(document)
    assert newest_item_date(document, blocks, None) == dt.date(2016, 3, 1)
    assert newest_possible_date(document, blocks, None) == dt.date(2018, 5, 28)


def test_a_page_without_dates_has_no_newest_date() -> None:
    document = home("<h3>新闻动态</h3>" + "".join(f"<p><a href='{item.href}'>{item.title}</a></p>" for item in NEWS))
    assert newest_item_date(document, read_blocks(document), None) is None


def test_navigation_names_the_columns_and_leaves_the_rest() -> None:
    links = read_navigation(home("<ul><li><a href='/'>首页</a></li><li><a href='#'>设为首页</a></li><li><a href='/wx'>微信</a></li></ul>"))
    names = [link.text for link in links]
    assert names[:3] == ["新闻中心", "新闻中心一", "新闻中心二"]
    assert ("互动交流", ColumnClass.INTERACTION) in [(link.text, link.column_class) for link in links]
    assert not {"首页", "设为首页", "微信", "清河县财政局"} & set(names)
    assert all(link.url.startswith("http://www.qinghe.example/") for link in links)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("新闻动态", ColumnClass.NEWS),
        ("清河要闻", ColumnClass.NEWS),
        ("部门信息动态", ColumnClass.NEWS),
        ("通知公告", ColumnClass.NOTICES),
        ("公 示 公 告", ColumnClass.NOTICES),
        ("政策法规", ColumnClass.POLICY),
        ("政策解读", ColumnClass.POLICY),
        ("规划计划", ColumnClass.PLANS),
        ("人事任免", ColumnClass.PLANS),
        ("县长信箱", ColumnClass.INTERACTION),
        ("民意征集", ColumnClass.INTERACTION),
        ("办事指南", ColumnClass.SERVICE),
        ("专题专栏", ColumnClass.TOPIC),
        ("十九大新闻专题", ColumnClass.TOPIC),
        ("历史公告", ColumnClass.TOPIC),
        ("信息公开指南", ColumnClass.OTHER),
        ("政府信息公开年度报告", ColumnClass.OTHER),
        ("机构职能", ColumnClass.OTHER),
        ("走进清河", ColumnClass.OTHER),
        ("统计公报", ColumnClass.OTHER),
        ("统计快讯", ColumnClass.OTHER),
        ("新闻发言人", ColumnClass.OTHER),
        ("法律援助", ColumnClass.OTHER),
        ("政务信息公开", ColumnClass.OTHER),
        ("政策法规科", ColumnClass.OTHER),
        ("公共资源采购中心", ColumnClass.OTHER),
        ("新闻中心", ColumnClass.NEWS),
        ("旅游资讯", ColumnClass.OTHER),
        ("规章制度", ColumnClass.OTHER),
        ("脱贫攻坚动态", ColumnClass.TOPIC),
        ("", ColumnClass.OTHER),
    ],
)
def test_names_tell_the_class(name: str, expected: ColumnClass) -> None:
    assert classify(name) is expected


@pytest.mark.parametrize(("beside", "newest"), [("<p>2018-02-28</p>", 28), ("<p>报名截止：2018-02-28</p>", 20), ("", 20)])
def test_a_day_beside_a_headline_keeps_a_page_from_being_stale(beside: str, newest: int) -> None:
    entries = "".join(f"<li><a href='/{day}.html'>清河县召开第{day}次工作会议</a><span>2018-02-{day}</span></li>" for day in (20, 16, 12))
    markup = f"<body><h2><a href='/1.html'>清河县召开全县经济工作会议</a></h2>{beside}<ul>{entries}</ul></body>"
    document = Document.parse(markup.encode(), as_of=dt.date(2018, 3, 1))
    assert newest_possible_date(document, (), None) == dt.date(2018, 2, newest)


@pytest.mark.parametrize(
    "entry",
    [
        "<a href='/{day}.html' title='标题：会议&#13;&#10;更新时间：2018-2-{day} 10:20:20'>清河县召开第{day}次工作会议</a>",
        "<a href='/{day}.html'>清河县召开第{day}次工作会议</a><time datetime='2018-02-{day}T08:00'></time>",
        "<a href='/{day}.html'>清河县召开第{day}次工作会议</a><span>Feb-{day}</span>",
        "<a href='/{day}.html'><b>{day}</b><i>Feb.2018</i><p>清河县召开第{day}次工作会议</p></a>",
        "<a href='/{day}.html'>清河县召开第{day}次工作会议</a><span>February {day}, 2018</span>",
        "<a href='/{day}.html'>清河县召开第{day}次工作会议</a><span>2/{day}</span>",
        "<a href='/{day}.html'>清河县召开第{day}次工作会议</a><span>{day}-02-2018</span>",
        "<a href='/{day}.html'>清河县召开第{day}次工作会议</a><span>｜2018-02-{day}｜</span>",
    ],
)
def test_days_that_lists_tell_in_other_ways_keep_a_page_from_being_stale(entry: str) -> None:
    told = "".join(f"<li>{entry.format(day=day)}</li>" for day in (26, 24, 21))
    old = listed([Entry("关于公布权责清单的通告", dt.date(2016, 3, 1), "/z.html")] * 2)
    document = Document.parse(f"<body><ul>{told}</ul>{old}</body>".encode(), as_of=dt.date(2018, 3, 1))
    assert newest_possible_date(document, (), None) == dt.date(2018, 2, 26)


@pytest.mark.parametrize("title", ["截止日期：2018-02-26", "清河县召开会议", "时间：2018-03-26"])
def test_a_title_of_a_link_tells_no_day_of_a_deadline_or_the_future(title: str) -> None:
    markup = f"<body><ul><li><a href='/1.html' title='{title}'>清河县招聘公告</a><span>2016-03-01</span></li></ul></body>"
    assert newest_possible_date(Document.parse(markup.encode(), as_of=dt.date(2018, 3, 1)), (), None) == dt.date(2016, 3, 1)
