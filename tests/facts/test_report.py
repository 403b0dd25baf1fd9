"""The yearly report each site owes is told apart from the reports with like names."""

import datetime as dt

import pytest

from crawler.facts.records import ReportKind, ReportMention
from crawler.facts.report import kind_of_report, read_reports
from crawler.facts.tree.document import Document

URL = "http://www.qinghe.example/gk/nb/2018.html"


def read(body: str, *, title: str = "清河县人民政府", encoding: str = "utf-8") -> tuple[ReportMention, ...]:
    page = f'<html><head><meta charset="{encoding}"><title>{title}</title></head><body>{body}</body></html>'
    return read_reports(Document.parse(page.encode(encoding), url=URL, as_of=dt.date(2018, 3, 1)))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2017年政府网站工作年度报表", ReportKind.WORK),
        ("政府网站工作年度报表（2017年度）", ReportKind.WORK),
        ("清河县水务局2017年度政府网站工作年度报表", ReportKind.WORK),
        ("政府网站年度工作报表", ReportKind.WORK),
        ("2017年政府网站年报", ReportKind.WORK),
        ("清河县门户网站2017年工作年度报表", ReportKind.WORK),
        ("政府网站与政务新媒体年度报表", ReportKind.WORK),
        ("工作年度报表", ReportKind.WORK),
        ("年度报表专栏", ReportKind.WORK),
        ("2017年度报表", ReportKind.WORK),
        ("清河县政府网站监管年度报表（2017年）", ReportKind.SUPERVISION),
        ("2017年政府信息公开工作年度报告", ReportKind.OPENNESS),
        ("政府网站信息公开年度报告", ReportKind.OPENNESS),
        ("关于发布政府网站工作年度报表的通知", None),
        ("2017年统计年报", None),
        ("财务年度报表", None),
        ("学校体育工作年度报表", None),
        ("政府工作报告", None),
    ],
)
def test_names(title: str, kind: ReportKind | None) -> None:
    assert kind_of_report(title) is kind


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_links_carry_year_address_and_whether_they_gather_many(encoding: str) -> None:
    found = read(
        '<a href="/nb/2017.html">2017年政府网站工作年度报表</a><a href="/nb/">政府网站年度报表</a>'
        '<a href="/nb/cn.html" title="二〇一六年政府网站工作年度报表">二〇一六年政府网站...</a>'
        '<a href="/nb/all.html">2017年县直各部门政府网站工作年度报表汇总</a><a href="/gk.html">2017年政府信息公开工作年度报告</a>',
        encoding=encoding,
    )
    assert [(mention.kind, mention.year) for mention in found] == [
        (ReportKind.WORK, 2017),
        (ReportKind.WORK, None),
        (ReportKind.WORK, 2016),
        (ReportKind.WORK, 2017),
        (ReportKind.OPENNESS, 2017),
    ]
    assert found[0].url == "http://www.qinghe.example/nb/2017.html"


def test_a_name_cut_off_without_a_sign_and_a_picture_map_name_the_report() -> None:
    whole = "清河县公积金中心2017年度政府网站工作年度报表"
    (mention,) = read(f'<a href="/1.html" title="{whole}">清河县公积金中心2017年</a>')
    assert (mention.kind, mention.year) == (ReportKind.WORK, 2017)
    assert [mention.kind for mention in read('<map><area href="/nb/" alt="政府网站年度报表"></map>')] == [ReportKind.WORK]


def test_the_page_itself_is_the_report() -> None:
    (mention,) = read(
        "<h1>政府网站工作年度报表</h1><p>（2017年度）</p><p>填报单位：清河县政府办</p>", title="政府网站工作年度报表（2017年度）"
    )
    assert (mention.kind, mention.year, mention.url) == (ReportKind.WORK, 2017, URL)


def test_the_form_of_the_report_is_known_by_its_fields() -> None:
    fields = "".join(
        f"<tr><td>{name}</td><td>1</td></tr>" for name in ("填报单位", "网站名称", "首页网址", "独立用户访问总量", "信息发布总数")
    )
    (mention,) = read(f"<p>清河县政府网站工作年度报表（2017年度）</p><table>{fields}</table>")
    assert (mention.kind, mention.year, mention.url) == (ReportKind.WORK, 2017, URL)


def test_the_year_may_stand_under_the_title() -> None:
    names = ("填报单位", "网站名称", "首页网址", "独立用户访问总量", "信息发布总数")
    (mention,) = read(f"<h1>政府网站工作年度报表</h1><p>（2017年度）</p>{''.join(f'<p>{name}：1</p>' for name in names)}")
    assert (mention.kind, mention.year) == (ReportKind.WORK, 2017)


def test_a_page_without_reports_has_none() -> None:
    assert read("<a href='/a.html'>2017年度先进个人名单</a><p>政府网站工作年度报表将于一月发布。</p>") == ()


@pytest.mark.parametrize(
    ("body", "year"),
    [
        ("<select onchange='go(this)'><option value='/nb/'>2017年政府网站工作年度报表</option></select>", 2017),
        ("<td onclick=\"location.href='/nb/'\">2017年政府网站工作年度报表</td>", 2017),
        ("<div onclick='go()'><img src='p.jpg' alt='政府网站工作年度报表'></div>", None),
        ("<script>menu('<span>2017年政府网站工作年度报表</span>')</script>", 2017),
    ],
)
def test_a_name_that_no_link_bears_is_still_that_of_a_report(body: str, year: int | None) -> None:
    (report,) = read(body)
    assert (report.kind, report.year) == (ReportKind.WORK, year)


def test_what_tells_of_the_report_is_none() -> None:
    assert read("<p>各单位应当在1月31日前按照要求在网站首页发布2017年政府网站工作年度报表，并报办公室备案。</p>") == ()
