"""`xuncha standards` tells what a standard asks for, and what of it nobody has compared with the official text."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from rules.standard import shipped_standards
from storage.database import open_database
from storage.scans import find_scan
from tests.application.conftest import ENVIRONMENT, Run, Served
from xuncha.demo.world import registry_csv

OWN = """id = "own"
title = "本市检查指标"
version = 4
valid_from = 2018-01-01
[rules.homepage_stale]
severity = "cited"
problem = "首页一周未更新"
clause = "本市办法第三条"
source = "the city's order, read in print"
thresholds = { window_days = 7, dated_items = 3 }
"""


def test_a_pipe_gets_one_line_a_standard(xuncha: Run) -> None:
    lines = xuncha("standards").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == list(shipped_standards())
    assert all("\x1b" not in line for line in lines)


def test_a_standard_is_shown_in_full_with_the_source_of_every_figure(xuncha: Run) -> None:
    heading, *lines = xuncha("standards", "2019-index").stdout.splitlines()
    assert heading.startswith("2019-index\tv1\t2019-04-18 –")
    shown = {line.split("\t")[0]: line.split("\t") for line in lines}
    standard = shipped_standards()["2019-index"]
    assert list(shown) == list(standard.rules)
    for rule_id, clause in standard.rules.items():
        assert shown[rule_id][1:3] == [clause.severity, clause.problem]
        assert shown[rule_id][-3:] == [clause.clause, clause.source, "verified" if clause.verified else "unverified"]
    assert "empty=5" in shown["columns_empty"][3]


def test_a_standard_of_ones_own_is_shown_from_its_file(xuncha: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    heading, line = xuncha("standards", "own.toml").stdout.splitlines()
    assert heading == "own\tv4\t2018-01-01 –\t本市检查指标"
    assert line.startswith("homepage_stale\tcited\t首页一周未更新\twindow_days=7 dated_items=3\t")


def test_a_standard_dropped_into_the_folder_goes_by_its_id(xuncha: Run, served: Served, tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "own.toml").write_text(OWN, encoding="utf-8")
    assert [line.split("\t")[0] for line in xuncha("standards").stdout.splitlines()] == [*shipped_standards(), "own"]
    assert xuncha("standards", "own").stdout.startswith("own\tv4\t")
    result = xuncha("audit", "http://jyj.wuyou.gov.cn/", "--json", "--standard", "own", "--max-pages", "4", *served.options)
    assert list(json.loads(result.stdout)["rules"]) == ["homepage_stale"], result.stderr


def test_a_dropped_file_takes_the_place_of_no_shipped_standard(xuncha: Run, tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "2019-index.toml").write_text(OWN.replace('"own"', '"2019-index"'), encoding="utf-8")
    assert xuncha("standards", "2019-index").stdout.startswith("2019-index\tv1\t2019-04-18")
    refused = xuncha("standards")
    assert refused.returncode == 2 and "2019-index" in refused.stderr


def test_a_dropped_standard_is_named_after_its_id(xuncha: Run, tmp_path: Path) -> None:
    (tmp_path / "standards").mkdir()
    (tmp_path / "standards" / "ours.toml").write_text(OWN, encoding="utf-8")
    result = xuncha("standards")
    assert result.returncode == 2 and "ours.toml" in result.stderr and "'own'" in result.stderr


def test_an_unknown_standard_is_refused_with_those_there_are(xuncha: Run) -> None:
    result = xuncha("standards", "1999")
    assert result.returncode == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "1999" in result.stderr and all(name in result.stderr for name in shipped_standards())


def test_a_scan_records_the_standard_of_its_own_that_it_used(xuncha: Run, served: Served, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "registry.csv").write_text("\n".join(registry_csv(served.world).splitlines()[:3]) + "\n", encoding="utf-8")
    scanned = xuncha("scan", "--sites", "registry.csv", "--standard", "own.toml", "--max-pages", "4", "--discover", "0", *served.options)
    assert scanned.returncode == 0, scanned.stderr
    rows = [json.loads(line) for line in xuncha("export", "verdicts").stdout.splitlines()]
    assert len(rows) == 2
    assert all(row["standard"] == "own" and list(row["rules"]) == ["homepage_stale"] for row in rows)
    with open_database(tmp_path / "xuncha.db") as database:
        scan = find_scan(database, 1)
    assert (scan.standard, scan.standard_name) == ("own", str(tmp_path / "own.toml"))


@pytest.mark.parametrize(
    ("arguments", "words"), [((), ("单项否决", "2019-index")), (("2019-index",), ("阈值", "出处", "未经官方文本核实"))]
)
def test_a_terminal_gets_a_table(tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "xuncha", "standards", *arguments, "--lang", "zh"]
    running = subprocess.Popen(command, cwd=tmp_path, env={**ENVIRONMENT, "TERM": "xterm-256color"}, stdout=theirs)
    os.close(theirs)
    shown = "".join(iter(lambda: _read(ours), ""))
    os.close(ours)
    assert running.wait(30) == 0
    assert "\x1b[" in shown and all(word in shown for word in words)


def _read(terminal: int) -> str:
    """Return what comes next; nothing where the program has closed its terminal."""
    try:
        return os.read(terminal, 65536).decode("utf-8", "replace")
    except OSError:
        return ""


@pytest.mark.parametrize("standard_id", shipped_standards())
def test_a_healthy_site_is_healthy_by_every_standard(xuncha: Run, served: Served, standard_id: str) -> None:
    result = xuncha("audit", "http://jyj.wuyou.gov.cn/", "--json", "--standard", standard_id, *served.options)
    assert result.returncode == 0, result.stderr
    verdict = json.loads(result.stdout)
    assert verdict["standard"] == standard_id and set(verdict["rules"]) == set(shipped_standards()[standard_id].rules)
    assert "fail" not in verdict["rules"].values(), verdict["rules"]
    assert all(finding["notice"] == "" for finding in verdict["findings"])
