"""The site report tells a webmaster what is wrong, where, by which clause and how to mend it, and accuses of nothing that was not seen."""

from base64 import b64encode
from datetime import UTC, datetime

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.snapshot import Reach, ReachReason, Screenshot
from reports.errors import OutputError
from reports.formats.fonts import choose_fonts
from reports.site_report import SiteAudit, render_site_report, render_site_report_pdf, site_report_name
from rules.registry import RegistryRow
from rules.verdict import Evidence, EvidenceKind, Finding, Severity, Verdict

FETCHED = datetime(2018, 3, 1, 1, 30, tzinfo=UTC)


def finding(
    rule: str, verdict: Verdict, severity: Severity = Severity.VETO, *evidence: Evidence, reason: str = "31个栏目中有5个没有信息。"
) -> Finding:
    return Finding(
        rule=rule,
        rule_version=1,
        standard="2018q1-spot-check",
        verdict=verdict,
        severity=severity,
        problem="多个栏目为空白" if verdict is Verdict.FAIL else "",
        reason=reason,
        reason_code="empty",
        clause="国办发〔2015〕15号",
        remedy="补充内容，或者撤下栏目。",
        evidence=evidence,
    )


def audit(*findings: Finding, verdict: Verdict = Verdict.FAIL) -> SiteAudit:
    return SiteAudit(
        url="http://www.anhe.gov.cn/",
        site=RegistryRow(
            url="http://www.anhe.gov.cn/", host="www.anhe.gov.cn", name="安禾县人民政府", site_code="1302990001", region="河北"
        ),
        as_of=FETCHED,
        standard_title="2018年第一季度全国政府网站抽查指标",
        reach=Reach.OK,
        verdict=verdict,
        findings=findings,
        pages=48,
        requests=53,
        seconds=12.4,
    )


PIECE = Evidence(
    kind=EvidenceKind.COLUMN, url="http://www.anhe.gov.cn/rsxx/", label="人事信息", excerpt="暂无信息", fetched_at=FETCHED, sha256="ab" * 32
)


def test_screenshots_stand_in_the_page_beside_what_fails_the_site() -> None:
    screenshots = tuple(Screenshot(url=url, taken_at=FETCHED, image=b"\xff\xd8screenshot") for url in (PIECE.url, 'http://x/"><b>'))
    told = msgspec.structs.replace(audit(finding("columns_empty", Verdict.FAIL, Severity.VETO, PIECE)), screenshots=screenshots)
    (image,) = LexborHTMLParser(render_site_report(told)).css("figure img")
    assert image.attributes["src"] == "data:image/jpeg;base64," + b64encode(b"\xff\xd8screenshot").decode()
    assert not LexborHTMLParser(render_site_report(audit(finding("columns_empty", Verdict.FAIL, Severity.VETO, PIECE)))).css("img")


def test_a_problem_is_told_with_place_time_clause_and_remedy() -> None:
    page = LexborHTMLParser(render_site_report(audit(finding("columns_empty", Verdict.FAIL, Severity.VETO, PIECE))))
    section = page.css_first("section.finding")
    text = section.text()
    for part in (
        "多个栏目为空白",
        "单项否决",
        "31个栏目中有5个没有信息。",
        "栏目：人事信息",
        "暂无信息",
        "补充内容，或者撤下栏目。",
        "国办发〔2015〕15号",
    ):
        assert part in text
    assert "2018年3月1日 09:30（北京时间）读取" in text
    link = section.css_first("a")
    assert (link.attributes["href"], link.attributes["rel"]) == ("http://www.anhe.gov.cn/rsxx/", "noreferrer noopener")


def test_what_was_not_seen_is_no_problem_and_what_passed_is_not_named_as_one() -> None:
    html = render_site_report(
        audit(
            finding("footer_marks_missing", Verdict.INCONCLUSIVE, Severity.CITED, reason="页脚由脚本生成，未能读取。"),
            finding("homepage_stale", Verdict.PASS, reason="首页有2018年2月27日的信息。"),
            verdict=Verdict.INCONCLUSIVE,
        )
    )
    page = LexborHTMLParser(html)
    assert not page.css("section.finding")
    assert page.css_first(".verdict").text() == "暂不能判定没有查实的问题；有1项未能判定，不计为问题。"
    assert [heading.text() for heading in page.css("h2")] == ["未能判定1项，不计为问题", "检查通过1项"]
    assert [row.text().strip() for row in page.css(".rows b")] == ["页面底部标识", "首页更新"]


def test_one_reason_shared_by_many_checks_is_told_once() -> None:
    rules = ("homepage_stale", "columns_stale", "search_missing")
    page = LexborHTMLParser(render_site_report(audit(*(finding(rule, Verdict.INCONCLUSIVE, reason="访问被拦截。") for rule in rules))))
    assert [row.text().strip() for row in page.css(".rows li")] == ["首页更新、栏目更新、搜索功能访问被拦截。"]
    assert "3项" in page.css_first("h2").text()


def test_items_read_on_one_page_stand_together() -> None:
    pieces = [msgspec.structs.replace(PIECE, excerpt=text) for text in ("甲", "乙", "甲")]
    page = LexborHTMLParser(render_site_report(audit(finding("columns_empty", Verdict.FAIL, Severity.VETO, *pieces))))
    assert len(page.css(".evidence li")) == 1
    assert [quote.text() for quote in page.css("blockquote")] == ["甲", "乙"]


def test_problems_come_gravest_first() -> None:
    page = LexborHTMLParser(
        render_site_report(audit(finding("search_missing", Verdict.FAIL, Severity.CITED), finding("columns_empty", Verdict.FAIL)))
    )
    assert [tag.text() for tag in page.css(".tag")] == ["单项否决", "通报事项"]
    assert "发现问题2项（单项否决1项，通报事项1项）。" in page.css_first(".verdict").text()


def test_a_visit_without_content_says_why() -> None:
    blocked = msgspec.structs.replace(audit(verdict=Verdict.INCONCLUSIVE), reach=Reach.BLOCKED, reach_reason=ReachReason.CHALLENGE)
    assert "访问受阻：访问被安全防护拦截" in render_site_report(blocked)


def test_an_unregistered_address_is_named_by_its_title() -> None:
    unknown = msgspec.structs.replace(audit(verdict=Verdict.PASS), site=None, title="禾水县人民政府")
    page = LexborHTMLParser(render_site_report(unknown))
    assert page.css_first("h1").text() == "禾水县人民政府"
    assert "网站标识码" not in page.css_first(".facts").text()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", "http:///x", "http://[", "java\nscript:alert(1)"]
)
def test_only_web_addresses_become_links(address: str) -> None:
    piece = msgspec.structs.replace(PIECE, url=address)
    page = LexborHTMLParser(render_site_report(audit(finding("columns_empty", Verdict.FAIL, Severity.VETO, piece))))
    assert not page.css("section.finding a")


@pytest.mark.shared
def test_hostile_texts_are_inert(hostile_strings: list[str]) -> None:
    pieces = tuple(Evidence(kind=EvidenceKind.PAGE_QUOTE, url=text, label=text, excerpt=text) for text in hostile_strings)
    hostile = audit(*(finding("columns_empty", Verdict.FAIL, Severity.VETO, *pieces, reason=text) for text in hostile_strings[:3]))
    page = LexborHTMLParser(render_site_report(hostile))
    allowed = {
        "body",
        "main",
        "header",
        "footer",
        "section",
        "p",
        "h1",
        "h2",
        "h3",
        "b",
        "span",
        "a",
        "dl",
        "dt",
        "dd",
        "div",
        "ul",
        "li",
        "small",
        "code",
        "blockquote",
        "br",
    }
    assert {node.tag for node in page.css("body, body *")} <= allowed
    assert {name for node in page.css("body *") for name in node.attributes} <= {"class", "href", "rel", "target"}
    assert all(link.attributes["href"].startswith(("http://", "https://")) for link in page.css("a"))


def test_the_page_needs_nothing_from_outside() -> None:
    page = LexborHTMLParser(render_site_report(audit(finding("columns_empty", Verdict.FAIL, Severity.VETO, PIECE))))
    assert not page.css("script, link, img, iframe, object, [src]")
    assert "url(" not in page.css_first("style").text()


@pytest.mark.parametrize(
    ("host", "name"), [("www.anhe.gov.cn", "www.anhe.gov.cn.html"), ("../../etc/passwd", "etc_passwd.html"), ("安禾.政务", "site.html")]
)
def test_file_names_are_safe(host: str, name: str) -> None:
    assert site_report_name(host) == name


def test_the_report_is_a_pdf_as_well_and_its_texts_are_no_source() -> None:
    hostile_name = '#panic("x") $a$ *b* ]#[ //'
    typst = pytest.importorskip("typst", reason="The extra `pdf` (Typst) is not installed.")
    try:
        choose_fonts(typst.Fonts().families())
    except OutputError:
        pytest.skip("No font with Chinese characters is installed.")
    piece = msgspec.structs.replace(PIECE, excerpt=hostile_name, url="javascript:alert(1)", label=hostile_name)
    told = audit(finding("columns_empty", Verdict.FAIL, Severity.VETO, piece, reason=hostile_name), finding("search_missing", Verdict.PASS))
    content, _ = render_site_report_pdf(told)
    assert content.startswith(b"%PDF-")
    assert content == render_site_report_pdf(told)[0]
    assert b"javascript" not in content
