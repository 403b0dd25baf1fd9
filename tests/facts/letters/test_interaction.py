"""Channels for letters and questions are found by their names; petition, discipline and error-report channels do not count."""

import datetime as dt

import pytest

from crawler.facts.letters.channels import channel_name, is_channel_in_script, read_interaction
from crawler.facts.tree.document import Document


def read(body: str, encoding: str = "utf-8") -> list[tuple[str, str]]:
    page = f'<html><head><meta charset="{encoding}"></head><body>{body}</body></html>'.encode(encoding)
    links = read_interaction(Document.parse(page, url="http://www.qinghe.example/", as_of=dt.date(2018, 3, 1)))
    return [(link.text, link.url) for link in links]


@pytest.mark.parametrize(
    "name",
    [
        "互动交流",
        "政民互动",
        "公众参与",
        "县长信箱",
        "领导信箱",
        "网上咨询",
        "咨询投诉",
        "我要写信",
        "我要留言",
        "在线咨询",
        "政务咨询",
        "民意征集",
        "意见建议",
        "来信选登",
        "写信入口",
        "网络问政",
        "公众留言",
        "12345热线",
        "互动",
        "人民建议征集",
        "投诉举报",
        "我向县长说句话",
        "有问必答",
        "在线交流",
        "民声直通车",
        "回音壁",
        "公民参与",
        "问计于民",
        "政策问答",
        "民生在线",
        "百姓之声",
        "局长邮箱",
        "智能客服",
        "答复选登",
        "人民建议",
        "e问e答",
        "致信局长",
        "网络问计",
        "在线反馈",
        "百姓畅言",
        "民呼我应",
        "您问我答",
        "民情在线",
        "市民建议",
        "金点子征集",
        "在线沟通",
        "问县长",
        "问题反映",
        "市长公开电话",
        "找市长",
        "民心桥",
        "问需于民",
        "有话要说",
        "问答中心",
        "政务论坛",
    ],
)
def test_names_of_channels(name: str) -> None:
    assert channel_name(f" {name} ") == name


def test_whose_channel_it_is_may_stand_behind_its_name() -> None:
    assert channel_name("领导信箱（书记、区长）") == "领导信箱"


@pytest.mark.parametrize(
    "text",
    [
        "网上信访",
        "县信访局",
        "纪检监察信箱",
        "举报信箱",
        "12388举报平台",
        "我为政府网站找错",
        "内容纠错",
        "地方领导留言板",
        "联系电话：12345678",
        "关于2017年统计数据的咨询",
        "国际学术交流会在我县召开",
        "通知公告",
        "工程造价咨询",
        "投诉电话",
        "对外交流会议",
        "咨询公司名录",
        "电子邮箱",
        "联系我们",
        "中国之声",
        "在线视频",
        "",
    ],
)
def test_other_texts_are_no_channels(text: str) -> None:
    assert channel_name(text) is None


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_links_pictures_and_headings_name_channels(encoding: str) -> None:
    assert read(
        '<a href="/hd/">互动交流</a><a href="/hd/xx"><img alt="县长信箱" src="a.png"></a><a href="/xf/">网上信访</a>', encoding
    ) == [
        ("互动交流", "http://www.qinghe.example/hd/"),
        ("县长信箱", "http://www.qinghe.example/hd/xx"),
    ]
    assert read('<li onclick="go()">政民互动</li>', encoding) == [("政民互动", "")]
    assert read('<a href="javascript:;">政民互动</a>', encoding) == [("政民互动", "")]


def test_names_are_read_with_blanks_inside_and_a_translation_behind() -> None:
    body = '<a href="/hd/">互 动 交 流</a><a href="/xx/"><b>县长信箱</b><i>MAILBOX</i></a>'
    assert [name for name, _ in read(body)] == ["互动交流", "县长信箱"]


def test_comments_and_articles_name_no_channel() -> None:
    assert read('<!-- <a href="/hd/">互动交流</a> --><a href="/a.html">我县举办政民互动平台培训会议暨工作推进会</a><p>通知公告</p>') == []


@pytest.mark.parametrize(
    "menu",
    [
        '<map><area onclick="go()" alt="互动交流"></map>',
        '<input type="button" value="我要写信" onclick="write()">',
        '<div title="微信"><img src="1.png" alt="领导信箱"></div>',
    ],
)
def test_names_in_picture_maps_and_buttons_count_where_nothing_else_does(menu: str) -> None:
    ((_, address),) = read(menu)
    assert address == ""
    assert read(menu + '<a href="/zx/">网上咨询</a>') == [("网上咨询", "http://www.qinghe.example/zx/")]


def test_an_area_of_a_picture_map_is_a_link_by_its_name() -> None:
    assert read('<map><area href="/hdjl/" alt="互动交流"></map>') == [("互动交流", "http://www.qinghe.example/hdjl/")]


def test_a_picture_without_a_name_is_a_channel_by_its_address() -> None:
    picture = "<a href='/a/jzxx/index.html'><img src='p3.png'></a><a href='/xxgk/'><img src='p4.png'></a>"
    assert read(picture) == [("jzxx", "http://www.qinghe.example/a/jzxx/index.html")]
    assert read(picture + '<a href="/zx/">网上咨询</a>') == [("网上咨询", "http://www.qinghe.example/zx/")]


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ("<a href='/a/' aria-label='互动交流'><i class='icon'></i></a>", "互动交流"),
        ("<a href='/hd/'><img src='n4.png'></a>", "hd"),
        ("<a href='/hudong/'><i class='n4'></i></a>", "hudong"),
    ],
)
def test_a_menu_without_words_is_read_by_its_names_for_programs_and_its_addresses(item: str, name: str) -> None:
    assert [text for text, _ in read(f"<a href='/zwgk/'><img src='n1.png'></a>{item}<a href='/hdp/'><img src='n5.png'></a>")] == [name]


@pytest.mark.parametrize(
    "menu",
    [
        "<script>document.write('<li><a href=\"/hdjl/\"> 互动交流 </a></li>');</script>",
        '<script>var menu = [{name: "县长信箱", url: "/xzxx/"}];</script>',
        '<script>var menu = [{"name": "\\u4e92\\u52a8\\u4ea4\\u6d41"}];</script>',
    ],
)
def test_a_channel_that_only_a_script_names_was_not_seen_and_is_not_absent(menu: str) -> None:
    document = Document.parse(menu.encode(), url="http://www.qinghe.example/", as_of=dt.date(2018, 3, 1))
    assert read_interaction(document) == ()
    assert is_channel_in_script(document)
    assert not is_channel_in_script(Document.parse(b"<script>var menu = [1];</script>", as_of=dt.date(2018, 3, 1)))
