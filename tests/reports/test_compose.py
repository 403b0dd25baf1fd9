"""The bulletin's text: what was not gathered is not printed, what is not confirmed is marked, and the rest reads naturally."""

import msgspec
import pytest

from reports.bulletin.compose import compose_bulletin
from reports.bulletin.document import Document, Style
from reports.errors import FiguresError
from reports.figures.records import Accountability, CitedProblem, Figures, Origin, RegionFigures, Source
from reports.profile import Profile

SOURCE = Source(origin=Origin.SCAN, place="scan 7")


def text_of(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def cited(rule: str, name: str, wording: str) -> CitedProblem:
    return CitedProblem(rule=rule, region="河北", printed_name=f"河北省“{name}”网", problem=wording, source=SOURCE)


def section_two(quarter: Figures, profile: Profile, *problems: CitedProblem) -> list[str]:
    paragraphs = compose_bulletin(msgspec.structs.replace(quarter, cited=problems), profile).paragraphs
    start = next(place for place, paragraph in enumerate(paragraphs) if paragraph.text == "二、主要问题")
    end = next(place for place in range(start + 1, len(paragraphs)) if paragraphs[place].style is not Style.BODY)
    return [paragraph.text for paragraph in paragraphs[start + 1 : end]]


def test_a_quarter_in_which_all_passed_reads_naturally(quarter: Figures, nation: Profile) -> None:
    document = compose_bulletin(quarter, nation)
    text = text_of(document)
    assert "被抽查的2个地区合格率均为100%。" in text
    assert "本季度没有经核实需要点名通报的问题。" in text
    assert "办结率为98.5%" in text
    assert [annex.title for annex in document.annexes] == [
        "2018年第二季度各地区、各部门政府网站监管工作情况",
        "各地区政府网站运行和抽查情况",
    ]
    assert document.draft == ""


def test_what_was_not_gathered_drops_its_sentence_and_annex(quarter: Figures, nation: Profile) -> None:
    bare = Figures(period=quarter.period, metadata=quarter.metadata)
    document = compose_bulletin(bare, nation)
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style is Style.HEADING]
    assert headings == ["一、主要问题", "二、下一步工作要求"]
    assert document.annexes == ()
    assert "附件" not in text_of(document)


def test_a_measure_that_befell_nobody_is_not_mentioned(quarter: Figures, nation: Profile) -> None:
    figures = msgspec.structs.replace(quarter, accountability=Accountability(interviewed=3, removed=1, source=SOURCE))
    assert "依规问责：约谈有关责任人3名，调离岗位或免职1人。" in text_of(compose_bulletin(figures, nation))


def test_categories_are_numbered_as_they_occur(quarter: Figures, nation: Profile) -> None:
    paragraphs = section_two(
        quarter, nation, cited("domain_suffix", "甲", "网站域名仍以“.com”为后缀"), cited("search_missing", "乙", "无搜索功能")
    )
    assert paragraphs == [
        "（一）在线服务不便民。河北省“乙”网无搜索功能。",
        "（二）域名标识不规范。河北省“甲”网的网站域名仍以“.com”为后缀。",
    ]


def test_families_of_interaction_are_counted_only_when_there_are_several(quarter: Figures, nation: Profile) -> None:
    missing, unanswered = (
        cited("interaction_missing", "甲", "无互动交流栏目"),
        cited("interaction_unanswered", "乙", "互动交流栏目长期不回应"),
    )
    (one,) = section_two(quarter, nation, missing)
    (two,) = section_two(quarter, nation, unanswered, missing)
    assert "一是" not in one
    assert two.index("一是互动渠道缺失") < two.index("二是答复群众不及时")


def test_problems_of_one_site_that_belong_together_are_one_sentence(quarter: Figures, nation: Profile) -> None:
    problems = [
        cited(rule, name, wording)
        for name in "甲乙"
        for rule, wording in (("homepage_stale", "首页长期不更新"), ("publish_date_forged", "发稿日期造假"))
    ]
    assert section_two(quarter, nation, *problems) == [
        "（一）网站管理不到位。河北省“甲”网、河北省“乙”网的首页长期不更新，并且发稿日期造假。"
    ]


def test_a_sentence_names_examples_and_says_how_many_there_are(quarter: Figures, nation: Profile) -> None:
    problems = [cited("search_missing", name, "无搜索功能") for name in "甲乙丙丁戊"]
    (paragraph,) = section_two(quarter, nation, *problems)
    assert paragraph.endswith("河北省“丁”网等5个网站无搜索功能。")
    assert "戊" not in paragraph


def test_problems_of_other_standards_come_last_in_a_category_of_their_own(quarter: Figures, nation: Profile) -> None:
    paragraphs = section_two(
        quarter, nation, cited("offline_overdue", "甲", "页面仍提示升级改版"), cited("search_missing", "乙", "无搜索功能")
    )
    assert paragraphs[-1] == "（二）其他问题。河北省“甲”网的页面仍提示升级改版。"


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({"named_candidates": 3}, "草稿：以下问题尚未经人工核实"),
        ({"withheld_candidates": 2}, "草稿：另有2个程序发现的疑似问题尚未经人工核实，未列入本文"),
    ],
)
def test_a_document_with_unconfirmed_problems_is_marked_as_a_draft(
    quarter: Figures, nation: Profile, counts: dict[str, int], line: str
) -> None:
    document = compose_bulletin(msgspec.structs.replace(quarter, **counts), nation)
    assert document.draft == line
    assert line in document.warnings


def test_undecided_sites_are_neither_passed_nor_failed(quarter: Figures, nation: Profile) -> None:
    regions = (RegionFigures(region="河北", sampled=10, problem=1, undecided=2, source=SOURCE),)
    text = text_of(compose_bulletin(msgspec.structs.replace(quarter, regions=regions), nation))
    assert "随机抽取政府网站10个进行检查，其中2个未能判定、不计入合格率，合格率为88%。" in text


def test_no_rate_is_stated_of_a_sample_that_is_mostly_undecided(quarter: Figures, nation: Profile) -> None:
    """After a first night only failures are decided: what is left of the rate would say that no site in the country passes."""
    regions = (RegionFigures(region="河北", sampled=10, problem=1, undecided=9, source=SOURCE),)
    text = text_of(compose_bulletin(msgspec.structs.replace(quarter, regions=regions), nation))
    assert "随机抽取政府网站10个进行检查，其中9个未能判定，不计算合格率。" in text and "合格率为" not in text


def test_contradictory_figures_are_refused(quarter: Figures, nation: Profile) -> None:
    regions = (RegionFigures(region="河北", sampled=1, problem=2, source=SOURCE),)
    with pytest.raises(FiguresError):
        compose_bulletin(msgspec.structs.replace(quarter, regions=regions), nation)
