"""Writing a bulletin: all or nothing, and every failure one sentence."""

import time
from pathlib import Path

import msgspec
import pytest

from reports.bulletin.write import write_bulletin
from reports.errors import FiguresError, FormatError, OutputError, ProfileError
from reports.figures.records import CitedProblem, Figures, Origin, ProblemSite, RegionFigures, Source
from reports.profile import Profile, load_profile

SOURCE = Source(origin=Origin.SCAN, place="scan 7")
BESIDE = {"annex1.csv", "annex2.csv", "annex3.csv", "trace.json", "warnings.txt"}


def test_the_formats_asked_for_are_written_with_the_tables_beside_them(quarter: Figures, nation: Profile, tmp_path: Path) -> None:
    written = write_bulletin(quarter, nation, tmp_path / "out", ("md", "html", "docx", "xlsx"))
    expected = {"bulletin.md", "bulletin.html", "bulletin.docx", "annexes.xlsx"} | BESIDE
    assert {path.name for path in written} == {path.name for path in (tmp_path / "out").iterdir()} == expected


def test_the_same_figures_give_the_same_text(quarter: Figures, nation: Profile, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_bulletin(quarter, nation, tmp_path / name, ("md", "html"))
    assert (tmp_path / "a" / "bulletin.html").read_bytes() == (tmp_path / "b" / "bulletin.html").read_bytes()


def test_an_unknown_format_writes_nothing(quarter: Figures, nation: Profile, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no format 'odt'"):
        write_bulletin(quarter, nation, tmp_path / "out", ("md", "odt"))
    assert not (tmp_path / "out").exists()


def test_contradictory_figures_write_nothing(quarter: Figures, nation: Profile, tmp_path: Path) -> None:
    broken = msgspec.structs.replace(quarter, regions=(RegionFigures(region="河北", problem=1, source=SOURCE),))
    with pytest.raises(FiguresError):
        write_bulletin(broken, nation, tmp_path / "out", ("md",))
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(quarter: Figures, nation: Profile, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_bulletin(quarter, nation, tmp_path / "file" / "out", ("md",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name = "省"\nissuer = "办公室"\ndemands = ["到{when}为止"]', "no placeholder is called {when}"),
        ('name = "省"\nissuer = "办公室"\nisuer = "办公厅"', "isuer"),
        ('name = "省"', "issuer"),
        ("name = ", "not valid"),
    ],
)
def test_a_profile_with_a_mistake_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "province.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(str(file))
    assert told in str(caught.value)
    assert "province.toml" in str(caught.value)


def test_a_missing_profile_is_refused() -> None:
    with pytest.raises(ProfileError, match="nowhere"):
        load_profile("nowhere")


def test_an_operators_profile_replaces_every_fixed_text(quarter: Figures, tmp_path: Path) -> None:
    file = tmp_path / "province.toml"
    lines = [
        'name = "安州"',
        'scope = "安州省"',
        'issuer = "安州省办公厅"',
        'guiding_principle = "服务群众的要求"',
        'demands = ["请{issuer_short}督办。"]',
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    write_bulletin(quarter, load_profile(str(file)), tmp_path / "out", ("md",))
    text = (tmp_path / "out" / "bulletin.md").read_text(encoding="utf-8")
    assert text.startswith("# 2018年第二季度安州省政府网站抽查情况通报\n\n为贯彻服务群众的要求，依据")
    assert "安州省共有正在运行的政府网站31家" in text
    assert "请安州省办公厅督办。" in text


def test_a_whole_registry_takes_seconds(quarter: Figures, nation: Profile, tmp_path: Path) -> None:
    """5,000 problem sites and 100,000 cited problems: nothing in the way may grow faster than its rows."""
    sites = tuple(
        ProblemSite(
            region="河北", printed_name=f"“安禾县{number}局”网", problem="多个栏目为空白", site_code=f"{1300000000 + number}", source=SOURCE
        )
        for number in range(5_000)
    )
    cited = tuple(
        CitedProblem(rule=rule, region="河北", printed_name=f"河北省“安禾县{number}局”网", problem=rule, source=SOURCE)
        for number in range(25_000)
        for rule in ("homepage_stale", "columns_stale", "search_missing", "domain_suffix")
    )
    regions = (RegionFigures(region="河北", sampled=23_269, problem=5_000, source=SOURCE),)
    figures = msgspec.structs.replace(quarter, regions=regions, problem_sites=sites, cited=cited)
    start = time.process_time()
    write_bulletin(figures, nation, tmp_path, ("md", "html", "docx", "xlsx"))
    assert time.process_time() - start < 30
