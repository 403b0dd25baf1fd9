"""Of the dates on a page only those count that say when something was published."""

import datetime as dt

import pytest

from crawler.facts.dates.printed import find_dates
from crawler.facts.dates.publication import publication_date, read_publication_dates
from crawler.facts.dates.unprinted import read_unprinted_days
from crawler.facts.records import DateCandidate, DateSource
from crawler.facts.tree.document import Document
from tests.facts.pages import document


def article(line: str, *, head: str = "", below: str = "", url: str | None = None) -> tuple[DateCandidate, ...]:
    title = "关于做好2018年防汛抗旱工作的通知"
    text = (
        f"<html><head><meta charset='utf-8'><title>{title}-清河县人民政府</title>{head}</head><body>"
        "<div>今天是：2018年6月1日 星期五</div><div>当前位置：<a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a> &gt; 正文</div>"
        f"<h1>{title}</h1><div>{line}</div><p>截至2018年3月1日，全县共排查隐患点12处。活动时间：2018年5月2日至5月4日。</p>{below}"
        "<p>清河县人民政府<br>2018年4月9日</p><div>版权所有 2012-2018 主办：清河县人民政府</div></body></html>"
    )
    return read_publication_dates(Document.parse(text.encode(), url=url, as_of=dt.date(2018, 6, 1)))


LABELS = {
    "发布时间：2018-05-16": "09:30",
    "发布日期：2018年05月16日": None,
    "时间发布：2018/5/16 来源：县政府办": None,
    "信息发布时间：2018-05-16 09:30": "09:30",
    "【时间：2018年05月16日 09:30】【字号 大 中 小】": "09:30",
    "来源：县政府办 日期：2018.05.16 浏览次数：12": None,
    "发布时间∶２０１８－０５－１６": None,
    "<span>发布日期</span><span>2018-05-16</span>": None,
    "<table><tr><td>成文日期：</td><td>2018-04-09</td></tr><tr><td>发布日期：</td><td>2018-05-16</td></tr></table>": None,
    "发布时间：二〇一八年五月十六日": None,
    "【发布日期】2018-05-16 【来源】县政府办": None,
    "县政府办 发布于 2018-05-16 浏览 12": None,
    "信息时间：2018-05-16 阅读 30 次": None,
    "加入时间：2018-5-16 人气：30": None,
    "刊发时间：2018-05-16": None,
    "最后更新时间：2018-05-16": None,
    "稿件时间：2018-05-16 09:30": "09:30",
    "发布时间：20180516": None,
    "发布时间：5/16/2018 10:22:11 AM": None,
    "发布日期：18-5-16 点击：12": None,
    "发布时间：18年5月16日 来源：县政府办": None,
    "发布时间：<time datetime='2018-05-16T09:30:00+08:00'></time>": "09:30",
}


@pytest.mark.parametrize("line", LABELS)
def test_labelled_dates_are_publication_dates(line: str) -> None:
    candidates = article(line)
    assert publication_date(candidates) == dt.date(2018, 5, 16)
    assert candidates[0].source is DateSource.LABEL
    assert any(word in candidates[0].excerpt for word in ("时间", "日期", "发布于"))


@pytest.mark.parametrize(
    "line",
    [
        "2018-05-16 09:30",
        "2018-05-16",
        "来源：县政府办 2018-05-16 09:30 浏览：12",
        "[ 2018-05-16 ]",
        "清河县人民政府 2018-05-16 09:30",
        "２０１８－０５－１６　０９：３０",
        "www.qinghe.gov.cn 2018-05-16 09:30:11 政府办",
        "<b>16</b><i>2018-05</i>",
        "<span>2018</span>/<span>05-16</span>",
        "<em>16</em>日<em>2018年5月</em>",
        "<i class='calendar'></i> 2018-05-16 <i class='eye'></i> 231 <i class='user'></i> 县政府办",
        "清河县政府 | 2018-05-16 | 工作动态",
    ],
)
def test_a_date_without_a_label_under_the_title_is_one(line: str) -> None:
    candidates = article(line)
    assert publication_date(candidates) == dt.date(2018, 5, 16)
    assert [candidate.source for candidate in candidates] == [DateSource.TEXT]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "成文日期：2018-04-09",
        "截止日期：2018-07-01",
        "会议时间：2018年5月2日",
        "有效期：2018-01-01至2018-12-31",
        "发布时间：",
        "一、时间：2018年5月20日（星期日）上午9时",
        "时间：2018年5月20日8时至18时",
        "<p>成立日期</p><p>2015年12月10日</p>",
        "<table><tr><td>发证日期：</td><td>2018-05-02</td><td>开工日期：</td><td>2017-03-01</td></tr></table>",
        "<span>截止日期：</span><b>16</b><i>2018-05</i>",
        "（2018年5月16日 县政府公布）",
        "清河县人民政府令 第3号2018-05-16 2018年6月1日起",
    ],
)
def test_other_dates_are_no_publication_dates(line: str) -> None:
    assert publication_date(article(line)) is None


def test_a_date_that_a_script_cuts_out_behind_a_label_is_one() -> None:
    candidates = article("时间：<script>var day='2018-05-16 10:22:11.0'; document.write(day.substring(0, 10));</script>")
    assert [(candidate.date, candidate.source) for candidate in candidates] == [(dt.date(2018, 5, 16), DateSource.SCRIPT)]


def test_a_date_in_pieces_after_a_label_is_labelled() -> None:
    candidates = article("<span>发布时间：</span><b>16</b><i>2018.05</i>")
    assert [(candidate.date, candidate.source) for candidate in candidates] == [(dt.date(2018, 5, 16), DateSource.LABEL)]


def test_the_day_of_an_interview_to_come_is_no_publication_date() -> None:
    page = "<html><title>在线访谈</title><body><p>主题：养老服务</p><p>时间：2018-06-15 15:00</p></body></html>"
    assert read_publication_dates(Document.parse(page.encode(), as_of=dt.date(2018, 6, 1))) == ()


def test_the_label_under_the_title_comes_before_those_beside_the_article() -> None:
    title = "关于做好2018年防汛抗旱工作的通知"
    side = "<div><h3>最新公告</h3><p>停水公告</p><p>发布时间：2018-05-31</p></div>"
    told = f"<h1>{title}</h1><p>发布时间：2018-05-16 来源：县政府办</p><p>各乡镇人民政府：请认真落实。</p>"
    reader = "<p>网友甲 发表于 2018-05-31 10:00</p>"
    for body in (side + told, told + side, told.replace("发布时间：", "") + reader):
        page = Document.parse(f"<title>{title}-清河县</title><body>{body}".encode(), as_of=dt.date(2018, 6, 1))
        assert publication_date(read_publication_dates(page)) == dt.date(2018, 5, 16)


def test_an_attachment_named_like_the_article_does_not_hide_its_date() -> None:
    candidates = article(
        "来源：县政府办 2018-05-16 浏览：12", below="<p>附件：<a href='1.doc'><br>关于做好2018年防汛抗旱工作的通知</a></p>"
    )
    assert publication_date(candidates) == dt.date(2018, 5, 16)


def test_a_byline_may_stand_above_the_title() -> None:
    title = "关于做好2018年防汛抗旱工作的通知"
    clock = "<div>今天是2018年6月1日</div>"
    page = f"<title>{title}</title><body>{clock}<div>来源：县政府办 2018-05-16 浏览：12</div><h1>{title}</h1><p>各乡镇：</p>"
    candidates = read_publication_dates(Document.parse(page.encode(), as_of=dt.date(2018, 6, 1)))
    assert publication_date(candidates) == dt.date(2018, 5, 16)


def test_all_sources_are_kept_and_the_visible_date_is_trusted_most() -> None:
    candidates = article(
        "发布时间：2018-05-16",
        head="<meta name='PubDate' content='2018-05-20 10:00'><meta name='Maketime' content='2018-05-31'>",
        below="<script>document.write('更新：2018-05-22');</script>",
        url="http://www.qinghe.example/zwgk/201805/t20180514_88.html",
    )
    assert {candidate.source: candidate.date.day for candidate in candidates} == {
        DateSource.LABEL: 16,
        DateSource.META: 20,
        DateSource.SCRIPT: 22,
        DateSource.URL: 14,
    }
    assert publication_date(candidates) == dt.date(2018, 5, 16)


@pytest.mark.parametrize("printed", ["May 16, 2018", "16 May 2018", "Sept. 5, 2018", "Published: Sep 5 2018"])
def test_english_editions_name_the_month(printed: str) -> None:
    assert [found.date for found in find_dates(printed)] == [dt.date(2018, 5, 16) if "May" in printed else dt.date(2018, 9, 5)]
    assert find_dates("Mayor 12, 2018; Room 5 Market 2018; May 40, 2018") == []


@pytest.mark.parametrize(
    ("place", "days"),
    [
        ("<span data-time='1519689600000'></span>", [dt.date(2018, 2, 27)]),
        ("<li><a href='a.html'>某局召开安全生产工作会议</a><i>1519689600000</i></li>", [dt.date(2018, 2, 27)]),
        ("<script>document.write(formatDate(1519689600))</script>", [dt.date(2018, 2, 27)]),
        ("<p>网站标识码：1519689600</p><script>var version = 1519689600, id = 'a1519689600000'</script>", []),
    ],
)
def test_moments_that_a_script_prints_as_days_are_days(place: str, days: list[dt.date]) -> None:
    assert list(read_unprinted_days(document(f"<body>{place}</body>"))) == days


@pytest.mark.parametrize(
    ("place", "days"),
    [
        ("<em title='2018-02-26'></em>", [dt.date(2018, 2, 26)]),
        ("<meta name='createDate' content='2018-02-26'>", []),
        ("<i>[2018-02]</i>", [dt.date(2018, 2, 28)]),
        ("<p>2018年2月统计数据</p>", []),
        ("<b>26</b>/02<b>22</b>/02<b>13</b>/02<p>更多</p>", [dt.date(2018, 2, day) for day in (26, 22, 13)]),
    ],
)
def test_days_that_no_list_prints_are_found(place: str, days: list[dt.date]) -> None:
    assert list(read_unprinted_days(document(f"<body>{place}</body>"))) == days
