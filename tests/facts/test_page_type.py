"""What kind of page it is, by structure and words together."""

import pytest

from crawler.facts.page import read_document
from crawler.facts.records import PageType
from tests.facts.pages import document

INNER = "http://www.qinghe.gov.cn.test/a/b.html"


def items(count: int, title: str = "清河县召开第{}次会议") -> str:
    return (
        "<ul>"
        + "".join(f"<li><a href='/a/t{n}.html'>{title.format(n)}</a><span>2018-02-{n % 28 + 1:02}</span></li>" for n in range(count))
        + "</ul>"
    )


def navigation() -> str:
    return "<ul>" + "".join(f"<li><a href='/c{n}/'>栏目{n}</a></li>" for n in range(12)) + "</ul>"


def block(name: str) -> str:
    return f"<div><h2><a href='/{name}/'>{name}</a></h2>{items(8)}</div>"


HOME = navigation() + "".join(block(name) for name in ("要闻", "公告", "政策", "动态", "专题", "解读")) + "版权所有：清河县人民政府"


@pytest.mark.parametrize(
    "title",
    [
        "清河县人民政府欢迎您",
        "【清河县水务局】",
        "中国·清河",
        "清河县第一中学",
        "清河县公安局交警大队",
        "清河县总工会",
        "国家统计局清河调查队",
        "清河海关",
        "葛仙庄镇",
        "中共清河县委",
        "平安清河",
        "www.qinghe.gov.cn.test.cn",
    ],
)
def test_a_small_homepage_with_lists_that_lead_on_is_a_homepage(title: str) -> None:
    lists = "".join(f"<div><h2>{name}</h2><a href='/{name}/'>更多</a>{items(6)}</div>" for name in ("工作动态", "通知公告"))
    page = document(navigation() + lists, head=f"<title>{title}</title>", url=None)
    assert read_document(page).page_type is PageType.HOME


@pytest.mark.parametrize(
    ("body", "page_type"),
    [
        ("<p>欢迎访问本站</p><div>版权所有：清河县统计局</div>", PageType.HOME),
        (f"<h2>统计动态</h2><a href='/tjdt/'>更多</a>{items(6)}", PageType.HOME),
        (f"<h2>统计动态</h2>{items(6)}", PageType.COLUMN),
        ("<form><textarea></textarea></form>", PageType.OTHER),
        ("<ul id='list'></ul><script>$.ajax({url: '/list.json'})</script>", PageType.COLUMN),
    ],
)
def test_a_menu_under_the_name_of_the_site_is_a_homepage(body: str, page_type: PageType) -> None:
    page = document(navigation() + body, head="<title>清河县统计局</title>", url=None)
    assert read_document(page).page_type is page_type


@pytest.mark.parametrize(
    ("title", "page_type"),
    [
        ("Document", PageType.HOME),
        ("", PageType.HOME),
        ("魅力清河", PageType.HOME),
        ("清河住建", PageType.HOME),
        ("森林防火专题", PageType.COLUMN),
        ("栏目3", PageType.COLUMN),
    ],
)
def test_a_page_without_a_title_of_its_own_is_a_homepage_by_what_it_shows(title: str, page_type: PageType) -> None:
    names = ("要闻动态", "通知公告", "政策法规")
    lists = "".join(f"<div><h2>{name}</h2><a href='/{name}/'>更多</a>{items(6)}</div>" for name in names)
    assert read_document(document(navigation() + lists, head=f"<title>{title}</title>", url=None)).page_type is page_type


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_homepage_by_its_name_lists_and_links_whatever_its_address(encoding: str) -> None:
    page = document(HOME, head="<title>清河县人民政府门户网站</title>", url=None, encoding=encoding)
    assert read_document(page).page_type is PageType.HOME


def test_a_homepage_whose_blocks_carry_article_words_is_a_homepage() -> None:
    body = HOME + "<div style='display:none'>分享到：微信 来源：清河县 发布时间：2018-01-01 点击次数：1</div>"
    assert read_document(document(body, head="<title>清河县人民政府</title>")).page_type is PageType.HOME


@pytest.mark.parametrize(
    "own",
    [
        "<h1>全县水利工作会议召开</h1><p>" + "会议要求各乡镇加快冬修水利进度。" * 30 + "</p>",
        items(15) + "<a href='2.html'>下一页</a>",
    ],
)
def test_a_title_that_all_pages_of_a_site_share_makes_no_homepage(own: str) -> None:
    beside = "".join(f"<div><h2>{name}</h2><a href='/{name}/'>更多</a>{items(6)}</div>" for name in ("工作动态", "通知公告"))
    page = document(navigation() + own + beside, head="<title>清河县水务局</title>", url=None)
    assert read_document(page).page_type is not PageType.HOME


def test_an_article() -> None:
    body = (
        navigation() + "<div>当前位置：首页 > 要闻</div><h1>清河县召开全县水利工作会议</h1>"
        "<p>发布时间：2018-02-11 来源：县水务局 【字体：大 中 小】</p><p>" + "会议强调，要抓好春季水利建设。" * 40 + "</p><p>上一篇：无</p>"
    )
    facts = read_document(document(body, head="<title>清河县召开全县水利工作会议-清河县</title>", url=INNER))
    assert facts.page_type is PageType.ARTICLE
    assert facts.publish_date is not None and facts.publish_date.isoformat() == "2018-02-11"
    assert facts.column is None


SIDE = "<div>最新信息" + items(5) + "</div>"
TRAIL = "<div>当前位置：首页 > 通知公告</div>"
LAW = "关于做好2018年春季造林绿化工作的通知"


@pytest.mark.parametrize(
    "byline",
    [
        "<ul><li>索引号：0001</li><li>成文日期：2018-02-01</li><li>发布日期：2018-02-11</li><li>生效日期：2018-03-01</li></ul>",
        "<p>清河县人民政府 2018-02-11 09:30</p>",
        "",
    ],
)
def test_an_article_beside_a_list_of_others_is_an_article(byline: str) -> None:
    told = (
        "<p>各乡镇人民政府：</p><p>一、时间：2018年3月1日起。二、报名截止日期：2018年3月12日。"
        + "要做好苗木供应和技术指导工作。" * 5
        + "</p>"
    )
    page = document(navigation() + TRAIL + f"<h1>{LAW}</h1>{byline}{told}" + SIDE, head=f"<title>{LAW}-清河县</title>", url=INNER)
    assert read_document(page).page_type is PageType.ARTICLE


def test_an_article_beside_a_list_of_answered_letters_is_an_article() -> None:
    letters = "".join(f"<li><a href='{n}.html'>咨询{n}号线公交何时开通</a> <b>已回复</b> 2018-02-0{n}</li>" for n in range(1, 5))
    told = f"<h1>{LAW}</h1><p>发布时间：2018-02-11 来源：县林业局</p><p>{'要做好苗木供应和技术指导工作。' * 5}</p>"
    page = document(f"{navigation()}{TRAIL}{told}<h3>回复选登</h3><ul>{letters}</ul>", head=f"<title>{LAW}-清河县</title>", url=INNER)
    assert read_document(page).page_type is PageType.ARTICLE


def test_a_column_of_one_entry_with_its_summary_is_a_column() -> None:
    entry = f"<div><h4><a href='/a/1.html'>{LAW}</a></h4><p>要做好苗木供应。</p><p>发布时间：2018-02-11 来源：县林业局</p></div>"
    body = navigation() + TRAIL + entry + "<div>共 1 条 1/1 页</div>"
    assert read_document(document(body, head="<title>通知公告_清河县</title>", url=INNER)).page_type is PageType.COLUMN


@pytest.mark.parametrize("byline", ["来源：县政府办 {day}", "发布时间：{day} 浏览次数：12", "作者：管理员 日期：{day}"])
@pytest.mark.parametrize("count", [1, 2, 6])
def test_what_a_list_prints_beside_its_entries_makes_no_article(count: int, byline: str) -> None:
    entry = "<li><a href='/a/{n}.html'>{title}第{n}批</a><p>" + byline + "</p></li>"
    listed = "".join(entry.format(n=n, title=LAW, day=f"2018-02-{n + 1:02}") for n in range(count))
    page = document(navigation() + TRAIL + f"<ul>{listed}</ul>", head="<title>通知公告_清河县</title>", url=INNER)
    facts = read_document(page)
    assert (facts.page_type, facts.column and len(facts.column.items)) == (PageType.COLUMN, count)


def test_a_dated_text_under_its_title_is_an_article_without_breadcrumb_and_tools() -> None:
    page = document(
        f"<h1>{LAW}</h1><p>2018-02-11</p><p>{'要做好苗木供应和技术指导工作。' * 5}</p>", head=f"<title>{LAW}</title>", url=INNER
    )
    assert read_document(page).page_type is PageType.ARTICLE


def test_an_undated_text_under_its_title_is_an_article_where_no_list_of_entries_stands_beside_it() -> None:
    menu = "<ul><li><a href='/a/'>通知公告</a></li><li><a href='/b/'>机构设置</a></li></ul>"
    told = f"{menu}<p>{LAW}</p><p>{'要做好苗木供应和技术指导工作。' * 5}</p>"
    beside = "".join(f"<li><a href='/{number}.html'>关于做好第{number}次工作的通知公告</a></li>" for number in range(5))
    head = f"<title>{LAW} - 清河县林业局</title>"
    assert read_document(document(told, head=head, url=INNER)).page_type is PageType.ARTICLE
    assert read_document(document(f"{told}<ul>{beside}</ul>", head=head, url=INNER)).page_type is not PageType.ARTICLE


@pytest.mark.parametrize("heading", ["热点推荐", "相关文章", "点击排行"])
def test_a_list_beside_a_page_makes_it_no_column(heading: str) -> None:
    about = "<h2>联系我们</h2><p>地址：清河县长江街</p><p>电话：0319-8160000</p>"
    page = document(
        navigation() + TRAIL.replace("通知公告", "联系我们") + about + f"<h3>{heading}</h3>{items(6)}",
        head="<title>联系我们-清河县</title>",
        url=INNER,
    )
    facts = read_document(page)
    assert (facts.page_type, facts.column) == (PageType.OTHER, None)
    assert facts.newest_date is not None


@pytest.mark.parametrize(("place", "entries"), [("banner-slide", None), ("pic-list", 4)])
def test_a_show_of_pictures_is_not_the_list_of_a_column(place: str, entries: int | None) -> None:
    pictures = "".join(f"<a href='/{n}.html'><span>清河县开展第{n}次义务植树活动</span><img src='/{n}.jpg'></a>" for n in range(4))
    column = read_document(document(f"{navigation()}<div class='{place}'><div>{pictures}</div></div>", url=INNER)).column
    assert (column and len(column.items)) == entries


def test_a_breadcrumb_that_ends_at_the_text_leads_to_an_article() -> None:
    breadcrumb = "<div>当前位置：<a href='/'>首页</a> &gt; <a href='/tzgg/'>通知公告</a> &gt; 正文</div>"
    page = document(
        navigation() + breadcrumb + "<h1>停水公告</h1><p>停水时间：2018年2月20日</p>", head="<title>停水公告-清河县</title>", url=INNER
    )
    facts = read_document(page)
    assert (facts.page_type, facts.publish_date) == (PageType.ARTICLE, None)


def test_a_few_words_at_the_address_of_a_homepage_are_no_homepage() -> None:
    page = document("<p>hello world</p>", url="http://www.qinghe.gov.cn.test/")
    assert read_document(page).page_type is PageType.OTHER


@pytest.mark.parametrize("foot", ["<a href='/m/'>触屏版</a><i>&gt;</i><a href='/pc/'>电脑版</a>", "<a href='/x/'>更多</a><i>&gt;&gt;</i>"])
def test_arrows_beside_other_links_are_no_breadcrumb(foot: str) -> None:
    page = document(HOME + f"<div>{foot}</div>", head="<title>清河县人民政府</title>", url=None)
    assert read_document(page).page_type is PageType.HOME


def test_comments_counted_under_an_article_make_no_column() -> None:
    body = TRAIL + f"<h1>{LAW}</h1><p>发布时间：2018-02-11 来源：县林业局 【字体：大 中 小】 打印 关闭</p><p>{'要做好苗木供应。' * 9}</p>"
    page = document(body + "<div>网友评论 共 12 条</div>" + SIDE, head="<title>清河县林业局</title>", url=INNER)
    assert read_document(page).page_type is PageType.ARTICLE


def test_a_small_page_that_finds_nothing_is_an_answer_and_no_missing_page() -> None:
    page = document("<p>抱歉，没有找到与“水利”相关的内容</p>", head="<title>站内搜索</title>", url=INNER)
    assert read_document(page).page_type is PageType.SEARCH_RESULTS


def test_a_column() -> None:
    body = navigation() + "<div>当前位置：首页 > 通知公告</div>" + items(20) + "<div>共 45 条 1/3 下一页</div>"
    facts = read_document(document(body, head="<title>通知公告_清河县人民政府</title>", url=INNER))
    assert facts.page_type is PageType.COLUMN
    assert facts.column is not None and len(facts.column.items) == 20


@pytest.mark.parametrize(("blocks", "kind"), [(5, PageType.OTHER), (2, PageType.COLUMN)])
def test_the_entrance_of_a_channel_leads_on_to_several_columns(blocks: int, kind: PageType) -> None:
    names = ("社区商业", "现代流通", "现代会展", "再生资源", "成品油市场")[:blocks]
    lists = "".join(f"<div><h3>{name}</h3>{items(6, name + '工作第{}次推进会')}<a href='/{name}/'>更多&gt;&gt;</a></div>" for name in names)
    page = document("<div>当前位置：首页 > 市场建设</div>" + lists, head="<title>市场建设-清河县商务局</title>", url=INNER)
    assert read_document(page).page_type is kind


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>网站地图</title>", navigation() + HOME),
        (
            "<title>写信-清河县</title>",
            "<div>当前位置：首页 > 写信</div><form><input name=a><input name=b><input name=c><input name=d><textarea></textarea></form>",
        ),
    ],
)
def test_site_maps_and_forms_are_neither(head: str, body: str) -> None:
    assert read_document(document(body, head=head, url=INNER)).page_type is PageType.OTHER


@pytest.mark.parametrize("title", ["政府网站工作年度报表（2017年度）", "清河县人民政府网站2017年度工作报表"])
def test_the_yearly_report_itself(title: str) -> None:
    body = "<h1>政府网站工作年度报表</h1><table><tr><td>填报单位</td><td>清河县</td></tr><tr><td>信息发布</td><td>120</td></tr></table>"
    page = document(body, head=f"<title>{title}</title>", url=INNER)
    assert read_document(page).page_type is PageType.ANNUAL_REPORT


def test_a_letter_with_its_answer_is_a_detail_also_where_its_title_links_to_itself() -> None:
    rows = (
        ("信件标题", f"<a href='{INNER}'>反映路灯不亮的问题</a>"),
        ("来信时间", "2018-02-02"),
        ("来信内容", "家门口的路灯已经坏了两个月，请尽快修复。"),
        ("回复时间", "2018-02-05"),
        ("回复内容", "您好，已安排人员修复。"),
    )
    table = "<table>" + "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in rows) + "</table>"
    body = navigation() + "<div>当前位置：首页 &gt; 互动交流 &gt; 县长信箱</div>" + table
    facts = read_document(document(body, head="<title>信件详情</title>", url=INNER))
    assert facts.page_type is PageType.INTERACTION_DETAIL
    assert facts.letters is not None and facts.letters.answered == 1


@pytest.mark.parametrize(
    "script", ["<script src='/js/app.js'></script>", "<script>$.get('/a.json', function (rows) { $('#main').html(rows) })</script>"]
)
def test_a_place_that_a_script_may_fill_is_no_dead_link(script: str) -> None:
    body = f"<div id='menu'></div><div id='main'></div>{script}"
    assert read_document(document(body, head="<title>通知公告</title>")).page_type is not PageType.SOFT_404
    assert (
        read_document(document("<div id='menu'></div><div id='main'></div>", head="<title>通知公告</title>")).page_type is PageType.SOFT_404
    )
