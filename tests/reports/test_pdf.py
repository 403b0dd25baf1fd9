"""The PDF: fonts are chosen by what is installed, replacements are told, and text is data."""

import msgspec
import pytest

from reports.bulletin.compose import compose_bulletin
from reports.errors import OutputError
from reports.figures.records import CitedProblem, Figures, Origin, Source
from reports.formats.fonts import Role, choose_fonts
from reports.formats.pdf import render_pdf
from reports.profile import Profile


def test_each_role_takes_a_font_of_its_kind_and_falls_back_for_rare_characters() -> None:
    chosen = choose_fonts(["DejaVu Sans", "FandolFang R", "FandolKai", "FandolHei", "FandolSong", "Noto Serif CJK SC"])
    assert chosen.warnings == ()
    assert chosen.families[Role.FANGSONG][0] == "FandolFang R"
    assert chosen.families[Role.HEITI][0] == "FandolHei"
    assert all("Noto Serif CJK SC" in families for families in chosen.families.values())


def test_a_replaced_font_is_told() -> None:
    chosen = choose_fonts(["Noto Sans CJK SC", "Noto Serif CJK SC"])
    assert chosen.families[Role.FANGSONG][0] == "Noto Serif CJK SC"
    assert chosen.warnings == ("PDF：本机没有仿宋字体，以“Noto Serif CJK SC”代替。", "PDF：本机没有楷体字体，以“Noto Serif CJK SC”代替。")


def test_without_any_chinese_font_there_is_no_pdf_rather_than_empty_boxes() -> None:
    with pytest.raises(OutputError, match="fonts-noto-cjk"):
        choose_fonts(["DejaVu Sans", "Libertinus Serif"])


def test_site_texts_are_no_typst_source(quarter: Figures, nation: Profile) -> None:
    typst = pytest.importorskip("typst", reason="The extra `pdf` (Typst) is not installed.")
    try:
        choose_fonts(typst.Fonts().families())
    except OutputError:
        pytest.skip("No font with Chinese characters is installed.")
    source = Source(origin=Origin.SCAN, place="scan 7")
    name = '#panic("x") $a$ *b* ]#[ //'
    cited = (CitedProblem(rule="search_missing", region="河北", printed_name=name, problem="无搜索功能", source=source),)
    content, _ = render_pdf(compose_bulletin(msgspec.structs.replace(quarter, cited=cited), nation))
    assert content.startswith(b"%PDF-")
    assert content == render_pdf(compose_bulletin(msgspec.structs.replace(quarter, cited=cited), nation))[0]
