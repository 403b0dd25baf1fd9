"""A quarter's figures are kept as they came, and replaced as a whole."""

import json
from pathlib import Path

import pytest
from storage_samples import AS_OF

from storage.database import Database
from storage.errors import FiguresError
from storage.quarters.figures import figures_of, import_figures


def folder(path: Path, **contents: str) -> Path:
    path.mkdir()
    for name, content in {"self_check.json": json.dumps({"bulletin": {"year": 2018, "quarter": 1}}), **contents}.items():
        (path / name).write_text(content, encoding="utf-8-sig")
    return path


def test_figures_are_kept_by_quarter(database: Database, tmp_path: Path) -> None:
    first = folder(tmp_path / "a", **{"regions.csv": "seq,region\n1,北京\n", "annex1.json": "{}", "notes.txt": "other"})
    assert import_figures(database, first, AS_OF) == "2018Q1"
    kept = figures_of(database, "2018Q1")
    assert sorted(kept) == ["annex1.json", "regions.csv", "self_check.json"]
    assert kept["regions.csv"] == "seq,region\n1,北京\n"
    assert figures_of(database, "2018Q2") == {}


def test_figures_imported_again_take_the_place_of_the_old(database: Database, tmp_path: Path) -> None:
    import_figures(database, folder(tmp_path / "a", **{"regions.csv": "seq\n", "annex1.json": "{}"}), AS_OF)
    import_figures(database, folder(tmp_path / "b", **{"regions.csv": "seq,region\n"}), AS_OF)
    assert sorted(figures_of(database, "2018Q1")) == ["regions.csv", "self_check.json"]


def test_a_folder_without_figures_is_told_in_one_sentence(database: Database, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    cases = {
        tmp_path / "missing": "is not a folder",
        tmp_path / "empty": "holds no self_check.json",
        folder(tmp_path / "broken", **{"self_check.json": "{"}): "does not say which quarter",
        folder(tmp_path / "fifth", **{"self_check.json": '{"bulletin": {"year": 2018, "quarter": 5}}'}): "names quarter 5",
    }
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "self_check.json").write_bytes(b"\xff{}")
    for directory, sentence in {**cases, tmp_path / "latin": "is not in UTF-8"}.items():
        with pytest.raises(FiguresError, match=sentence):
            import_figures(database, directory, AS_OF)
