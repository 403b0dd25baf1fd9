"""The main list of a column page is read the same whatever markup prints it."""

import datetime as dt

import pytest

from crawler.facts.columns.reading import read_column
from crawler.facts.records import ColumnClass
from tests.facts.column_pages import AS_OF, FAMILIES, Entry, entries, page, rows

PLAIN = FAMILIES["date after the link"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_gives_the_same_entries(family: str, encoding: str) -> None:
    items = entries()
    column = read_column(page(FAMILIES[family](items), encoding=encoding))
    assert column is not None
    assert [item.title for item in column.items] == [item.title for item in items]
    assert [item.date for item in column.items] == [item.date for item in items]
    assert (column.name, column.column_class) == ("通知公告", ColumnClass.NOTICES)
    assert not column.empty and not column.script_filled


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_read_without_a_breadcrumb(family: str) -> None:
    column = read_column(page(f"<h1>通知公告</h1>{FAMILIES[family](entries())}", breadcrumb=False))
    assert column is not None
    assert (len(column.items), column.newest) == (8, dt.date(2018, 5, 28))


@pytest.mark.parametrize("count", [1, 2, 3, 30])
def test_short_and_long_lists_are_told_from_the_side_list(count: int) -> None:
    column = read_column(page(PLAIN(entries(count))))
    assert column is not None
    assert (len(column.items), column.newest) == (count, dt.date(2018, 5, 28))


@pytest.mark.parametrize("labels", [("生成日期", "公开日期"), ("发布时间", "录入时间")])
def test_an_entry_is_dated_by_its_publication_not_by_its_making(labels: tuple[str, str]) -> None:
    made, published = ("2015-01-02", "{}") if labels[0] == "生成日期" else ("{}", "2015-01-02")
    printed = f"<p>{labels[0]}：{made}</p><p>{labels[1]}：{published}</p>"
    main = rows(lambda item: f"<li><a href='{item.href}'>{item.title}</a>{printed.format(item.printed())}</li>", entries(5))
    column = read_column(page(main))
    assert column is not None
    assert (len(column.items), column.newest) == (5, dt.date(2018, 5, 28))


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_a_longer_list_under_another_heading_stands_beside(dated: bool, first: bool) -> None:
    beside = "<div><h3>最新发布</h3>" + PLAIN(entries(20, newest=dt.date(2018, 6, 1))) + "</div>"
    own = rows(lambda item: f"<li><a href='{item.href}'>{item.title}</a>{f'<i>{item.printed()}</i>' if dated else ''}</li>", entries(3))
    main = f"<div><h2>部门规章</h2>{own}</div>"
    column = read_column(page(main + beside if first else beside + main, name="部门规章"))
    assert column is not None
    assert (len(column.items), column.newest) == (3, dt.date(2018, 5, 28) if dated else None)


@pytest.mark.parametrize("count", [2, 3])
def test_a_list_as_long_as_its_pager_says_is_told_from_a_longer_one_before_it(count: int) -> None:
    hot = PLAIN(entries(10, newest=dt.date(2018, 5, 31), step=1))
    column = read_column(page(f"<h3>热点新闻</h3>{hot}<div>{PLAIN(entries(count))}<p>共 {count} 条 第 1/1 页</p></div>"))
    assert column is not None
    assert (len(column.items), column.newest) == (count, dt.date(2018, 5, 28))


def test_the_columns_name_above_a_short_list_does_not_name_the_next_one() -> None:
    hot = PLAIN(entries(10, newest=dt.date(2018, 5, 31), step=1))
    column = read_column(page(f"<h2>通知公告</h2>{PLAIN(entries(1))}<div class='side'><h3>热点新闻</h3>{hot}</div>"))
    assert column is not None
    assert (len(column.items), column.newest) == (1, dt.date(2018, 5, 28))


def test_without_a_breadcrumb_the_list_under_the_columns_name_is_its_own() -> None:
    beside = f"<h3>工作动态</h3>{PLAIN(entries(10, newest=dt.date(2018, 5, 31), step=1))}"
    column = read_column(page(f"{beside}<h2>通知公告</h2>{PLAIN(entries(2))}", breadcrumb=False))
    assert column is not None
    assert (len(column.items), column.newest) == (2, dt.date(2018, 5, 28))


def test_two_columns_of_dates_are_not_two_entries_of_a_row() -> None:
    row = "<tr><td><a href='{0.href}'>{0.title}</a></td><td>{1}</td><td><a href='/bm/'>县水务局</a></td><td>2018-06-01</td></tr>"
    heading = "<tr><td>标题</td><td>发布日期</td><td>责任部门</td><td>更新日期</td></tr>"
    column = read_column(page(f"<table>{heading}{''.join(row.format(entry, entry.printed()) for entry in entries())}</table>"))
    assert column is not None
    assert (len(column.items), column.newest) == (8, dt.date(2018, 5, 28))


def test_addresses_are_absolute() -> None:
    column = read_column(page(PLAIN(entries(2))))
    assert column is not None
    assert [item.url for item in column.items] == [
        "http://www.qinghe.example/zwgk/tzgg/4100.html",
        "http://www.qinghe.example/zwgk/tzgg/4101.html",
    ]


YEARLESS = {
    "in brackets": "<li><a href='{href}'>{title}</a><span>[{day:%m-%d}]</span></li>",
    "with a slash": "<li><span>{day:%m/%d}</span><a href='{href}'>{title}</a></li>",
    "in words": "<li><a href='{href}'>{title}</a> {day:%m月%d日}</li>",
    "glued": "<li><a href='{href}'>{title}({day:%m-%d})</a></li>",
    "labelled": "<li><a href='{href}'>{title}</a><p>发布时间：{day:%m-%d} 来源：县政府办</p></li>",
}


@pytest.mark.parametrize("form", YEARLESS)
def test_dates_without_a_year_run_back_through_the_new_year(form: str) -> None:
    items = entries(8, newest=dt.date(2018, 2, 26), step=17)
    column = read_column(
        page(
            rows(lambda e: YEARLESS[form].format(href=e.href, title=e.title.replace("2018年5月份", ""), day=e.date), items),
            as_of=dt.date(2018, 3, 1),
        )
    )
    assert column is not None
    assert [item.date for item in column.items] == [item.date for item in items]
    assert all(item.year_inferred for item in column.items)


def test_pinned_entries_are_marked_and_kept_in_order() -> None:
    items = [Entry("置顶：政府网站工作年度报表（2017年度）", dt.date(2018, 1, 29), "/1.html"), *entries(4)]
    column = read_column(page(PLAIN(items)))
    assert column is not None
    assert [item.pinned for item in column.items] == [True, False, False, False, False]
    assert column.items[0].title == "政府网站工作年度报表（2017年度）"


def test_entries_without_a_date_among_dated_ones_are_entries() -> None:
    items = entries(6)
    html = rows(lambda e: f"<li><a href='{e.href}'>{e.title}</a>{'' if e is items[2] else f'<span>{e.printed()}</span>'}</li>", items)
    column = read_column(page(html))
    assert column is not None
    assert [item.date for item in column.items] == [item.date if number != 2 else None for number, item in enumerate(items)]


def test_a_day_in_english_dates_an_entry_where_it_stands_by_itself() -> None:
    dates = []
    for form in ("<a href='{0}'>Forum on water opens</a><span>May {1}, 2018</span>", "<a href='{0}'>Census of May {1}, 2018</a>"):
        column = read_column(page("<ul>" + "".join(f"<li>{form.format(f'{day}.html', day)}</li>" for day in (20, 17, 12)) + "</ul>"))
        assert column is not None
        dates.append([item.date and item.date.day for item in column.items])
    assert dates == [[20, 17, 12], [None, None, None]]


@pytest.mark.parametrize("title", ["禁火令发布", "关于调整办公时间", "公布征兵日期"])
def test_a_title_that_ends_as_labels_do_is_dated_all_the_same(title: str) -> None:
    newest, *older = entries(4)
    html = rows(lambda e: f"<li><a href='{e.href}'>{e.title}</a> <span>{e.printed()}</span></li>", [newest._replace(title=title), *older])
    column = read_column(page(html))
    assert column is not None
    assert column.items[0].date == newest.date


@pytest.mark.parametrize("unset", ["1970-01-01", "0000-00-00", "[1900-01-01 00:00:00]"])
def test_days_that_nobody_entered_date_nothing(unset: str) -> None:
    items = entries(6)
    html = rows(lambda e: f"<li><a href='{e.href}'>{e.title}</a><span>{e.printed() if e is items[2] else unset}</span></li>", items)
    column = read_column(page(html))
    assert column is not None
    assert [item.date for item in column.items] == [item.date if number == 2 else None for number, item in enumerate(items)]


@pytest.mark.parametrize(
    "entry",
    [
        "<li><a href='{href}'><img src='/p.jpg' alt='{title}'></a></li>",
        "<li><a href='{href}'><img src='/p.jpg'></a><p><a href='{href}'>{title}</a></p></li>",
        "<li><a href='{href}'><img src='/p.jpg'><span>{title}</span></a></li>",
        "<td><a href='{href}'><img src='/p.jpg'></a><br><a href='{href}'>{title}</a></td>",
    ],
)
def test_a_list_of_pictures_has_one_entry_a_picture(entry: str) -> None:
    around = "<table><tr>{}</tr></table>" if entry.startswith("<td>") else "<ul>{}</ul>"
    column = read_column(page(rows(lambda e: entry.format(href=e.href, title=e.title), entries(6), around), name="图片新闻"))
    assert column is not None
    assert [item.title for item in column.items] == [item.title for item in entries(6)]
    assert column.newest is None


@pytest.mark.parametrize(
    ("pager", "total", "number"),
    [
        ("<div>共 156 条 当前第 2 / 8 页</div>", 156, 2),
        ("<div>共<b>156</b>条记录 <a href='?p=1'>首页</a> 页次：<b>2</b>/8页</div>", 156, 2),
        ('<script>createPageHTML(8, 1, "index", "html");</script>', None, 2),
        ("<script>createPageHTML('page_div',8, 2,'list','shtml',156);</script>", 156, 2),
        ("<div>总记录数：156，第2页/共8页</div>", 156, 2),
        ("<table><tr><td>共156条&nbsp;&nbsp;2/8&nbsp;</td><td><a href='3.htm'>下页</a></td></tr></table>", 156, 2),
        ('<script>var pageInfo = {"total": "MTU2"};</script>', 156, None),
    ],
)
def test_pagers_tell_the_size_of_the_column_and_the_page(pager: str, total: int | None, number: int | None) -> None:
    column = read_column(page(PLAIN(entries()) + pager))
    assert column is not None
    assert (column.total, column.page_number, len(column.items)) == (total, number, 8)


@pytest.mark.parametrize("wrapped", ["<li><a href='{0}'>{1}</a><span>{2}</span></li>", "<a href='{0}'>{1}</a> <i>{2}</i>"])
def test_records_in_a_script_are_the_list(wrapped: str) -> None:
    records = "".join(f"<record><![CDATA[{wrapped.format(e.href, e.title, e.printed())}]]></record>" for e in entries())
    store = f"<datastore><totalrecord>156</totalrecord><recordset>{records}</recordset></datastore>"
    column = read_column(page(f"<div id='245' class='divPageList'><script type='text/xml'>{store}</script></div>"))
    assert column is not None
    assert [item.title for item in column.items] == [item.title for item in entries()]
    assert (column.total, column.newest, column.script_filled) == (156, dt.date(2018, 5, 28), False)


def test_a_list_of_pictures_is_not_judged_by_the_old_side_list_below_it() -> None:
    pictures = rows(lambda e: f"<li><a href='{e.href}'><img src='/p.jpg' alt='{e.title}'></a></li>", entries(6))
    side = PLAIN(entries(4, newest=dt.date(2015, 3, 2)))
    column = read_column(page(f"{pictures}<h3>推荐</h3>{side}", name="图片新闻"))
    assert column is not None
    assert (len(column.items), column.newest) == (6, None)


def test_a_channel_is_as_fresh_as_the_freshest_of_its_blocks() -> None:
    parts = (("县区动态", entries(8, newest=dt.date(2018, 1, 4))), ("部门动态", entries(3)))
    blocks = "".join(f"<div><h3>{name}</h3><a href='/{name}/'>更多</a>{PLAIN(items)}</div>" for name, items in parts)
    column = read_column(page(blocks, name="新闻中心"))
    assert column is not None
    assert (len(column.items), column.newest) == (11, dt.date(2018, 5, 28))


def test_the_clock_of_the_day_and_deadlines_are_no_entries() -> None:
    column = read_column(page(f"{PLAIN(entries(3, newest=dt.date(2017, 3, 1)))}<p>报名截止时间：2018-05-31</p><p>现在时间：2018-05-31</p>"))
    assert column is not None
    assert column.newest == dt.date(2017, 3, 1)


@pytest.mark.parametrize(
    "title",
    [
        "关于应对持续高温天气的紧急通知",
        "热烈欢迎上级领导莅临指导工作",
        "清河县2018年普通高考成绩查询时间",
        "2018年公务员考试报名时间",
        "全国“两会”今天闭幕",
        "县长接待日安排（周三）",
        "农村低保标准今日起提高",
        "我县2018年4月28日至5月1日旅游收入统计发布",
        "我们现在",
    ],
)
@pytest.mark.parametrize(
    "family", ["date after the link", "date glued to the title", "date before the link in brackets", "table rows", "label beside value"]
)
def test_the_words_of_a_title_do_not_take_its_date_away(family: str, title: str) -> None:
    items = [Entry(title, item.date, item.href) for item in entries(3)]
    column = read_column(page(FAMILIES[family](items)))
    assert column is not None
    assert [item.date for item in column.items] == [item.date for item in items]


@pytest.mark.parametrize("heading", ["<h3>{}年</h3>", "<p>【{}年度】</p>", "<div>5月份</div>", "<hr>"])
def test_a_list_in_parts_with_the_year_over_each_is_one_list(heading: str) -> None:
    parts = [entries(4), [item._replace(title=f"早先的{item.title}") for item in entries(4)]]
    column = read_column(page("".join(heading.format(year) + PLAIN(part) for year, part in zip((2018, 2017), parts, strict=True))))
    assert column is not None
    assert len(column.items) == 8


def test_an_article_is_no_column() -> None:
    paragraphs = "".join(
        f"<p>各乡镇人民政府，县政府各部门：第{number}条，为进一步做好防汛工作，现就有关事项通知如下。</p>" for number in range(12)
    )
    byline, signature = f"<p>发布时间：{AS_OF} 来源：县政府办 浏览：3</p>", "<p>清河县人民政府办公室<br>2018年5月30日</p>"
    text = f"<h1>关于做好防汛工作的通知</h1>{byline}{paragraphs}{signature}"
    column = read_column(page(text))
    assert column is None or column.items[0].title.startswith("全县重点项目")
