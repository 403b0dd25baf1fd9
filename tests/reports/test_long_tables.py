"""Long annexes are cut into pages before they are set: no row is lost, none is torn, and the memory of a PDF stays small."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from reports.bulletin.compose import compose_bulletin
from reports.bulletin.document import Table
from reports.errors import OutputError
from reports.figures.records import Figures, Origin, ProblemSite, RegionFigures, Source
from reports.formats.fonts import choose_fonts
from reports.formats.long_tables import LINES_A_PAGE, LINES_UNDER_TITLE, LONG, is_long, pages
from reports.formats.pdf import render_pdf
from reports.profile import Profile

SOURCE = Source(origin=Origin.SCAN, place="scan 7")


def long_annex(quarter: Figures, rows: int, name: str = "安禾县第{}教育局信息公开专栏") -> Figures:
    sites = tuple(
        ProblemSite(region="河北", printed_name=name.format(number), problem="空白", site_code=f"{1302990000 + number}", source=SOURCE)
        for number in range(rows)
    )
    regions = (RegionFigures(region="河北", sampled=rows, problem=rows, source=SOURCE),)
    return msgspec.structs.replace(quarter, regions=regions, problem_sites=sites)


def table_of(figures: Figures, profile: Profile) -> Table:
    return compose_bulletin(figures, profile).annexes[-1].table


def test_only_long_simple_tables_are_set_page_by_page(quarter: Figures, nation: Profile) -> None:
    assert is_long(table_of(long_annex(quarter, LONG + 1), nation))
    assert not is_long(table_of(long_annex(quarter, LONG), nation))
    assert not is_long(compose_bulletin(quarter, nation).annexes[1].table)


def test_every_row_stands_whole_on_one_page(quarter: Figures, nation: Profile) -> None:
    cut = list(pages(table_of(long_annex(quarter, 500), nation)))
    assert cut[0]["rules"][-1] <= LINES_UNDER_TITLE
    assert all(page["rules"][-1] <= LINES_A_PAGE for page in cut)
    codes = [line for page in cut for line in page["columns"][-1].split("\n") if line]
    assert codes == [str(1302990000 + number) for number in range(500)]
    for page in cut:
        assert all(len(column.split("\n")) == page["rules"][-1] for column in page["columns"])


def test_a_name_taller_than_a_page_is_cut_and_says_so(quarter: Figures, nation: Profile) -> None:
    first = next(pages(table_of(long_annex(quarter, 2, "长" * 2000), nation)))
    assert first["columns"][2].endswith("……")


@pytest.fixture
def typst_and_fonts() -> None:
    typst = pytest.importorskip("typst", reason="The extra `pdf` (Typst) is not installed.")
    try:
        choose_fonts(typst.Fonts().families())
    except OutputError:
        pytest.skip("No font with Chinese characters is installed.")


def text_of(content: bytes) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext, which reads the PDF again, is not installed.")
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return read.stdout.decode()


def letters(text: str) -> str:
    """Return letters and digits alone: punctuation at the end of a line is squeezed, and read back elsewhere."""
    return "".join(character for character in text if character.isalnum())


@pytest.mark.usefixtures("typst_and_fonts")
def test_the_pdf_prints_all_that_the_document_says(quarter: Figures, nation: Profile) -> None:
    document = compose_bulletin(long_annex(quarter, LONG + 60), nation)
    document = msgspec.structs.replace(document, red_head="安州省人民政府办公厅", number="安政办函〔2018〕12号")
    printed = letters(re.sub(r"—\s*\d+\s*—", "", text_of(render_pdf(document)[0])))
    for text in (document.red_head, document.number, *(paragraph.text for paragraph in document.paragraphs)):
        assert letters(text) in printed
    assert all(str(1302990000 + number) in printed for number in range(LONG + 60))


# VmHWM begins anew with the program; ru_maxrss would count the memory of the test runner that started it.
_MEASURE = """
from pathlib import Path
from tests.reports.conftest import SOURCE
from tests.reports.test_long_tables import long_annex
from reports.bulletin.compose import compose_bulletin
from reports.figures.records import Figures, Metadata
from reports.formats.pdf import render_pdf
from reports.period import Period
from reports.profile import load_profile
nation = load_profile("nation")
quarter = Figures(period=Period(year=2018, quarter=2), metadata=Metadata(source=SOURCE))
render_pdf(compose_bulletin(long_annex(quarter, 10_000), nation))
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":" in line)
print(int(status["VmHWM"].split()[0]) // 1024)
"""


@pytest.mark.usefixtures("typst_and_fonts")
def test_ten_thousand_rows_take_little_more_than_three_hundred_megabytes() -> None:
    """A table of cells took 900 MB."""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", _MEASURE], cwd=root, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 330


@pytest.mark.usefixtures("typst_and_fonts")
def test_a_full_page_has_twenty_two_lines_of_twenty_eight_characters(quarter: Figures, nation: Profile) -> None:
    profile = msgspec.structs.replace(nation, demands_without_problems=("政务公开网站检查" * 250,))
    page = text_of(render_pdf(compose_bulletin(quarter, profile))[0]).split("\f")[1]
    lines = [line.strip() for line in page.splitlines() if line.strip() and "—" not in line]
    assert [len(line) for line in lines] == [28] * 22
