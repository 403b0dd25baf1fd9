"""The published bulletin of 2018 Q1, given back from its figures."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser

from reports.bulletin.compose import compose_bulletin
from reports.bulletin.document import Style
from reports.bulletin.write import write_bulletin
from reports.figures.directory import load_figures
from reports.figures.records import Figures
from reports.figures.scan import quarter_figures
from reports.formats.html import render_html
from reports.period import Period
from reports.profile import Profile

pytestmark = pytest.mark.shared


@pytest.fixture
def figures(published: Path) -> Figures:
    return load_figures(published)


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_annexes_two_and_three_come_back_cell_by_cell(published: Path, figures: Figures, nation: Profile, tmp_path: Path) -> None:
    write_bulletin(figures, nation, tmp_path, ())
    for written, source in (("annex2.csv", "regions.csv"), ("annex3.csv", "problem_sites.csv")):
        assert rows((tmp_path / written).read_bytes()) == rows((published / source).read_bytes())


def test_annex_one_comes_back_list_by_list(published: Path, figures: Figures, nation: Profile, tmp_path: Path) -> None:
    groups = json.loads((published / "annex1.json").read_text(encoding="utf-8"))["groups"]
    expected = [item["list"] for group in groups for item in group.get("items", [group])]
    write_bulletin(figures, nation, tmp_path, ())
    assert [members.split("、") for _, members in rows((tmp_path / "annex1.csv").read_bytes())[1:]] == expected


def test_the_lists_that_follow_from_annex_two_need_no_import(figures: Figures, nation: Profile) -> None:
    """河北 and 内蒙古 stand at exactly 90 % and are not below it."""
    imported = compose_bulletin(figures, nation).annexes[0].table.body
    without_lists = compose_bulletin(msgspec.structs.replace(figures, lists=()), nation).annexes[0].table.body
    assert [row[-1].text for row in without_lists[:2]] == [row[-1].text for row in imported[:2]]
    assert without_lists[1][-1].text == "吉林、上海、福建、西藏、新疆生产建设兵团"


def test_the_figures_of_section_one_stand_in_the_order_of_the_outline(published: Path, figures: Figures, nation: Profile) -> None:
    office = json.loads((published / "self_check.json").read_text(encoding="utf-8"))
    persons = office["accountability"]["persons"].values()
    expected = [
        office["bulletin"]["issuer"],
        "2018年3月1日",
        office["registry"]["running_total_stated"],
        *office["registry"]["breakdown"].values(),
        office["central_spot_check"]["sampled"],
        "95%",
        "北京",
        office["central_spot_check"]["regions_at_100_count"],
        "100%",
        "、".join(office["central_spot_check"]["regions_100_four_quarters"]),
        office["self_check"]["sampled"],
        "50%",
        "95%",
        *persons,
        office["find_errors_platform"]["valid_messages"],
        "99%",
        "、".join(office["find_errors_platform"]["on_time_100_first_named"]),
        office["find_errors_platform"]["on_time_100_count"],
        office["annual_reports"]["work_report"]["published_sites"],
        "99%",
    ]
    require_in_order(section(figures, nation, "总体情况"), [str(value) for value in expected])


def test_every_cited_site_and_wording_stands_in_section_two_in_the_order_of_the_outline(
    published: Path, figures: Figures, nation: Profile
) -> None:
    with (published / "cited_problems.csv").open(encoding="utf-8-sig", newline="") as lines:
        cited = list(csv.DictReader(lines))
    text = section(figures, nation, "主要问题")
    require_in_order(text, list(dict.fromkeys(row["category_title"] for row in cited)))
    require_in_order(text, list(dict.fromkeys(row["as_printed"] for row in cited)))
    require_in_order(text, list(dict.fromkeys(row["problem"] for row in cited)))


def section(figures: Figures, profile: Profile, title: str) -> str:
    """Return the text of a section, with the opening before the first one."""
    paragraphs = compose_bulletin(figures, profile).paragraphs
    headings = [place for place, paragraph in enumerate(paragraphs) if paragraph.style is Style.HEADING]
    start = next(place for place in headings if paragraphs[place].text.endswith(title))
    end = next((place for place in headings if place > start), len(paragraphs))
    return "".join(paragraph.text for paragraph in paragraphs[0 if start == headings[0] else start : end])


def require_in_order(text: str, expected: list[str]) -> None:
    place = 0
    for value in expected:
        found = text.find(value, place)
        assert found >= 0, f"{value} does not follow {text[max(0, place - 30) : place]}"
        place = found + len(value)


def test_the_slip_of_the_source_is_one_warning_and_no_repair(figures: Figures, nation: Profile, tmp_path: Path) -> None:
    write_bulletin(figures, nation, tmp_path, ("md",))
    (warning,) = (tmp_path / "warnings.txt").read_text(encoding="utf-8").splitlines()
    assert "23269" in warning
    assert "23268" in warning
    text = (tmp_path / "bulletin.md").read_text(encoding="utf-8")
    assert "23269" in text
    assert "23268" not in text


def test_every_printed_figure_is_traced_to_an_imported_cell(figures: Figures, nation: Profile, tmp_path: Path) -> None:
    write_bulletin(figures, nation, tmp_path, ())
    trace = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))
    rate = next(entry for entry in trace if entry["printed"] == "95%")
    assert [(source["place"], source["field"]) for source in rate["sources"]] == [("regions.csv:34", "sampled, problem")]
    cell = next(entry for entry in trace if entry["place"] == "附件2 第3行第5格")
    assert (cell["printed"], cell["sources"]) == ("64", [{"origin": "imported", "place": "regions.csv:4", "field": "provincial_dept"}])


def test_digits_in_prose_are_never_left_without_a_source(figures: Figures, nation: Profile) -> None:
    """Fixed words hold no figure: those of names, dates of the period and thresholds aside, every digit was taken from somewhere."""
    bare = [span.text for place, span in compose_bulletin(figures, nation).prose() if place.startswith("一、") and not span.sources]
    assert not [text for text in bare if any(character.isdigit() for character in text.replace("100%", ""))]


def test_imported_tables_stand_by_themselves(figures: Figures) -> None:
    scanned = Figures(period=Period(year=2018, quarter=1), metadata=figures.metadata)
    assert quarter_figures(scanned, figures) is figures
    assert figures.metadata.next_report_due == date(2018, 6, 20)


def test_a_figure_tells_its_source_on_the_page(figures: Figures, nation: Profile) -> None:
    page = LexborHTMLParser(render_html(compose_bulletin(figures, nation)))
    (rate,) = [
        span for span in page.css("p span[data-source]") if span.text() == "95%" and "regions.csv" in (span.attributes["data-source"] or "")
    ]
    assert rate.attributes["data-source"] == "（已判定的抽查数－问题网站数）÷已判定的抽查数\n填报：regions.csv:34 sampled, problem"
    assert rate.attributes["tabindex"] == "0"
    cell = page.css("section")[1].css("tbody tr")[2].css("td")[4]
    assert (cell.text(), cell.attributes["data-source"]) == ("64", "填报：regions.csv:4 provincial_dept")
