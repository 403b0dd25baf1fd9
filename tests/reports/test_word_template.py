"""The office's own Word template: its head is filled in, its styles are used, and what it lacks is told."""

import io
from pathlib import Path

import docx
import msgspec
import pytest
from docx.shared import Pt

from reports.bulletin.compose import compose_bulletin
from reports.bulletin.document import Document
from reports.errors import OutputError
from reports.figures.records import Figures
from reports.formats import word_styles
from reports.formats.docx import render_docx
from reports.formats.word_template import TEXT_MARK, word_template
from reports.profile import Profile, load_profile


@pytest.fixture
def document(quarter: Figures, nation: Profile) -> Document:
    return compose_bulletin(quarter, nation)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """Return a template as an office gets it."""
    path = tmp_path / "own.docx"
    path.write_bytes(word_template())
    return path


def edited(path: Path, old: str, new: str) -> str:
    word = docx.Document(str(path))
    paragraph = next(found for found in word.paragraphs if found.text == old)
    for run in paragraph.runs[1:]:
        run.clear()
    paragraph.runs[0].text = new
    word.save(str(path))
    return str(path)


def test_what_the_office_changed_is_kept(document: Document, template: Path) -> None:
    word = docx.Document(str(template))
    word.styles[word_styles.BODY].font.size = Pt(15)
    word.add_paragraph("抄送：各有关单位", style=word_styles.NOTE)
    word.save(str(template))
    made = docx.Document(io.BytesIO(render_docx(document, str(template))))
    assert made.styles[word_styles.BODY].font.size == Pt(15)
    assert made.paragraphs[0].text == "2018年第二季度全国政府网站抽查情况通报"
    assert made.paragraphs[-1].text == "抄送：各有关单位"
    assert TEXT_MARK not in [paragraph.text for paragraph in made.paragraphs]
    assert len(made.tables) == 2


def test_a_red_head_stands_over_number_rule_and_title(document: Document) -> None:
    red = msgspec.structs.replace(document, red_head="安州省人民政府办公厅", number="安政办函〔2018〕12号")
    paragraphs = docx.Document(io.BytesIO(render_docx(red))).paragraphs
    assert [(paragraph.text, paragraph.style.name) for paragraph in paragraphs[:4] if paragraph.style] == [
        ("安州省人民政府办公厅", word_styles.RED_HEAD),
        ("安政办函〔2018〕12号", word_styles.NUMBER),
        ("", word_styles.RED_RULE),
        ("2018年第二季度全国政府网站抽查情况通报", word_styles.TITLE),
    ]


def test_without_a_red_head_nothing_of_it_is_left(document: Document) -> None:
    styles = {paragraph.style.name for paragraph in docx.Document(io.BytesIO(render_docx(document))).paragraphs if paragraph.style}
    assert not styles & {word_styles.RED_HEAD, word_styles.NUMBER, word_styles.RED_RULE}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ title }}", "{{ titel }}", "titel"),
        ("{{ title }}", "{% if title %}", "cannot be used"),
        (TEXT_MARK, "正文", f"no paragraph {TEXT_MARK}"),
    ],
)
def test_a_template_that_cannot_be_used_says_why(document: Document, template: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(OutputError, match=r"own\.docx") as caught:
        render_docx(document, edited(template, old, new))
    assert told in str(caught.value)


def test_a_missing_style_or_file_is_named(document: Document, tmp_path: Path) -> None:
    bare = docx.Document()
    bare.add_paragraph(TEXT_MARK)
    bare.save(str(tmp_path / "bare.docx"))
    with pytest.raises(OutputError, match="lacks the style 公文一级标题"):
        render_docx(document, str(tmp_path / "bare.docx"))
    with pytest.raises(OutputError, match="cannot be read"):
        render_docx(document, str(tmp_path / "none.docx"))
    (tmp_path / "text.docx").write_text("no Word file", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be used"):
        render_docx(document, str(tmp_path / "text.docx"))


def test_a_profile_names_its_template_beside_itself(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('name = "市"\nissuer = "办公室"\nword_template = "own.docx"\n', encoding="utf-8")
    assert load_profile(str(tmp_path / "own.toml")).word_template == str(tmp_path / "own.docx")


def test_the_same_bulletin_is_the_same_file(document: Document) -> None:
    assert render_docx(document) == render_docx(document)
