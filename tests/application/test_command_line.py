"""Bad input gets one clear sentence and the exit status of the contract; good input does what it says."""

import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.application.conftest import ENVIRONMENT, Run, Served

HEALTHY = "http://jyj.wuyou.gov.cn/"


def assert_one_sentence(result: object, status: int, *words: str) -> None:
    """Assert that a run ended with a status and a single sentence that holds some words, and no traceback."""
    stderr = result.stderr.strip()  # type: ignore[attr-defined]
    assert result.returncode == status, stderr  # type: ignore[attr-defined]
    assert "Traceback" not in stderr
    assert len(stderr.splitlines()) == 1, stderr
    for word in words:
        assert word in stderr


def test_help_names_every_command_of_the_contract(xuncha: Run) -> None:
    text = xuncha("--help").stdout
    for command in ("demo", "sites", "audit", "inspect", "scan", "export", "figures", "bulletin", "rules", "standards", "run"):
        assert f"\n  {command} " in text
    assert "selftest" not in text


def test_help_speaks_chinese(xuncha: Run) -> None:
    for arguments in (("--lang", "zh", "--help"), ("audit", "--lang", "zh", "--help"), ("--lang", "zh", "audit", "--help")):
        assert "检查一个或几个网站" in xuncha(*arguments).stdout


ENGLISH = ("Usage", "Options", "Commands", "Arguments", "Show this", "required", "default", "<", "range")


def test_nothing_in_the_chinese_help_stays_english(xuncha: Run) -> None:
    for arguments in ((), ("scan",), ("problems", "confirm"), ("sample", "draw"), ("export", "problems"), ("replay",)):
        text = xuncha("--lang", "zh", *arguments, "--help").stdout
        assert text.startswith("用法：xuncha") and "\n选项：\n" in text
        assert not [word for word in ENGLISH if word in text], text


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (("scn",), "`xuncha` has no command scn; did you mean scan?", "xuncha 没有命令 scn，是否指 scan？"),
        (("problems", "what"), "`xuncha problems --help` lists", "xuncha problems --help 列出"),
        ((), "`xuncha` wants a command", "xuncha 后面缺少命令"),
        (("scan", "--sampl", "3"), "has no option --sampl; did you mean --sample?", "没有选项 --sampl，是否指 --sample？"),
        (("scan", "--sample", "x"), "--sample has a value that cannot be used: it takes a whole number of at least 1.", "不小于 1 的整数"),
        (("run", "--health-port", "99999"), "from 0 to 65535", "0 至 65535"),
        (("problems", "confirm", "x"), "ID has a value that cannot be used: it takes a whole number.", "ID 的值无法使用：应为整数。"),
        (("audit", "http://a.gov.cn/", "--fail-on", "what"), "one of problem, inconclusive", "problem, inconclusive 之一"),
        (("audit", "http://a.gov.cn/", "--lang", "fr"), "--lang has a value that cannot be used: it takes one of zh, en.", "zh, en 之一"),
        (("audit",), "`xuncha audit` wants URL", "xuncha audit 缺少 URL"),
        (("bulletin", "2018Q1"), "wants --out", "缺少 --out"),
        (("scan", "--sites"), "--sites wants a value.", "选项 --sites 缺少值。"),
        (("scan", "--resume=3"), "--resume takes no value.", "选项 --resume 不带值。"),
        (("db", "backup", "a", "b"), "takes no 'b' here", "不接受多出的“b”"),
    ],
)
def test_a_wrong_line_is_told_in_one_sentence_of_the_readers_language(
    xuncha: Run, arguments: tuple[str, ...], english: str, chinese: str
) -> None:
    assert_one_sentence(xuncha("--lang", "en", *arguments), 2, english)
    if "--lang" not in arguments:
        assert_one_sentence(xuncha("--lang", "zh", *arguments), 2, chinese)


def test_a_group_named_alone_shows_its_help(xuncha: Run) -> None:
    for arguments in (("problems",), ("db",)):
        shown = xuncha("--lang", "zh", *arguments)
        assert (shown.returncode, shown.stdout) == (2, "")
        assert shown.stderr == xuncha("--lang", "zh", *arguments, "--help").stdout


def test_the_file_of_settings_may_choose_the_language(xuncha: Run, tmp_path: Path) -> None:
    (tmp_path / "xuncha.toml").write_text('lang = "zh"\n')
    assert_one_sentence(xuncha("scan", "--config", "xuncha.toml"), 2, "没有数据库")
    assert_one_sentence(xuncha("scan", "--config", "xuncha.toml", "--lang", "en"), 2, "no database")
    (tmp_path / "xuncha.toml").write_text('lang = "fr"\n')
    assert_one_sentence(xuncha("scan", "--config", "xuncha.toml"), 2, "xuncha.toml", "lang", "one of en, zh")


def test_the_list_of_commands_cuts_no_sentence_short(xuncha: Run) -> None:
    for group in ((), ("sites",), ("export",), ("evidence",), ("db",), ("figures",), ("problems",), ("sample",)):
        commands = xuncha(*group, "--help").stdout.partition("Commands:")[2]
        assert commands and "..." not in commands


def test_an_audit_of_a_healthy_site_judges_every_rule_with_a_reason(xuncha: Run, served: Served) -> None:
    result = xuncha("audit", HEALTHY, "--json", *served.options)
    assert result.returncode == 0, result.stderr
    verdict = json.loads(result.stdout)
    assert verdict["reach"] == "ok"
    assert len(verdict["rules"]) >= 16
    assert "fail" not in verdict["rules"].values(), verdict["rules"]
    assert all(finding["reason"] and finding["reason_code"] for finding in verdict["findings"])
    assert verdict["as_of"] == "2018-03-01T09:00:00+08:00"


def test_an_audit_in_a_pipe_is_plain_lines(xuncha: Run, served: Served) -> None:
    result = xuncha("audit", HEALTHY, *served.options)
    assert "\x1b" not in result.stdout
    assert any(line.startswith("pass\tsearch_broken\t") for line in result.stdout.splitlines()), result.stdout


def test_a_report_is_written_beside_the_result(xuncha: Run, served: Served, tmp_path: Path) -> None:
    xuncha("audit", HEALTHY, "--report", "site.html", *served.options)
    page = (tmp_path / "site.html").read_text(encoding="utf-8")
    assert "jyj.wuyou.gov.cn" in page
    assert page.lstrip().lower().startswith("<!doctype html>")


def test_fail_on_tells_by_the_exit_status(xuncha: Run, served: Served) -> None:
    broken = next(site for site in served.world.sites if "homepage_stale" in site.planted)
    assert xuncha("audit", broken.url, "--quiet", "--fail-on", "problem", *served.options).returncode == 1
    assert xuncha("audit", HEALTHY, "--quiet", "--fail-on", "inconclusive", *served.options).returncode == 3
    assert xuncha("audit", broken.url, "--quiet", "--fail-on", "inconclusive", *served.options).returncode == 1
    assert xuncha("audit", HEALTHY, "--quiet", "--fail-on", "problem", *served.options).returncode == 0


@pytest.mark.parametrize("text", ["http://", "ftp://a.gov.cn/", "not a url", ""])
def test_a_wrong_address_is_named(xuncha: Run, text: str) -> None:
    assert_one_sentence(xuncha("audit", text), 2, text)


def test_a_dead_host_is_no_crash_and_no_accusation(xuncha: Run, served: Served) -> None:
    result = xuncha("audit", "http://www.dead.gov.cn/", "--json", "--resolve", f"*=127.0.0.1:{served.server.dead_port}", "--delay", "0")
    verdict = json.loads(result.stdout)
    assert (verdict["reach"], verdict["reach_reason"]) == ("down", "connect")
    assert "fail" not in verdict["rules"].values()


def test_a_private_address_is_refused_with_a_sentence(xuncha: Run, served: Served) -> None:
    result = xuncha("audit", f"http://127.0.0.1:{served.server.port}/")
    assert result.returncode == 0
    assert "no content was seen (unclear). " in result.stdout and "nothing was sent." in result.stdout
    before = len(served.server.visits)
    xuncha("audit", f"http://127.0.0.1:{served.server.port}/", "--quiet")
    assert len(served.server.visits) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("scan", "--sample", "3"), ("--seed",)),
        (("scan", "--sites", "missing.csv"), ("missing.csv",)),
        (("audit", "http://a.gov.cn/", "--standard", "nonsense"), ("nonsense", "2018q1-spot-check")),
        (("audit", "http://a.gov.cn/", "--as-of", "yesterday"), ("yesterday",)),
        (("audit", "http://a.gov.cn/", "--resolve", "*.gov.cn"), ("PATTERN=HOST:PORT",)),
        (("audit", "http://a.gov.cn/", "--config", "missing.toml"), ("missing.toml",)),
        (("audit", "http://a.gov.cn/", "--report", "site.docx"), ("site.docx", ".pdf")),
        (("audit", "http://a.gov.cn/", "--report", "missing/site.html"), ("missing",)),
        (("figures", "import", "missing"), ("missing",)),
        (("rules", "nonsense"), ("nonsense",)),
        (("run", "--nightly", "25:00"), ("25:00",)),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(xuncha: Run, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert_one_sentence(xuncha(*arguments), 2, *words)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("scan",), ("holds no site", "sites import")),
        (("scan", "--resume"), ("no unfinished scan",)),
        (("export", "problems", "--format", "csv", "--out", "x.csv"), ("xuncha scan",)),
        (("bulletin", "2018Q1", "--out", "x"), ("2018Q1",)),
        (("bulletin", "2018-1", "--out", "x"), ("2018-1",)),
        (("sites", "export", "--out", "x.pdf"), ("x.pdf", ".xlsx")),
    ],
)
def test_an_empty_database_is_told_from_none(xuncha: Run, tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    (tmp_path / "xuncha.db").touch()
    assert_one_sentence(xuncha(*arguments), 2, *words)


@pytest.mark.parametrize(
    "arguments",
    [
        ("sites", "list"),
        ("sites", "export", "--out", "x.csv"),
        ("scan",),
        ("scan", "--resume"),
        ("problems", "list"),
        ("problems", "confirm", "1", "--by", "张工"),
        ("export", "problems", "--format", "csv", "--out", "x.csv"),
        ("export", "verdicts", "--format", "jsonl"),
        ("diff", "1", "2"),
        ("replay", "1"),
        ("evidence", "show", "1"),
        ("evidence", "verify"),
        ("evidence", "thin"),
        ("db", "backup", "x.db"),
        ("db", "vacuum"),
        ("bulletin", "2018Q1", "--out", "x"),
        ("sample", "draw", "2018Q2", "--size", "3", "--seed", "a"),
        ("sample", "recheck", "2018Q2", "--size", "3", "--seed", "a"),
    ],
)
def test_a_mistyped_database_is_named_and_not_created(xuncha: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert_one_sentence(xuncha(*arguments, "--db", "mistyped.db"), 2, "mistyped.db", "--db")
    assert not list(tmp_path.iterdir())


def test_a_registry_file_that_is_not_there_founds_no_database(xuncha: Run, tmp_path: Path) -> None:
    for arguments in (("sites", "import", "missing.csv"), ("scan", "--sites", "missing.csv")):
        assert_one_sentence(xuncha(*arguments), 2, "missing.csv")
    assert not list(tmp_path.iterdir())


def test_an_unknown_setting_is_named_with_the_closest_one(xuncha: Run, tmp_path: Path) -> None:
    (tmp_path / "xuncha.toml").write_text("max_page = 3\n")
    assert_one_sentence(xuncha("scan", "--config", "xuncha.toml"), 2, "max_page", "max_pages", "xuncha.toml")
    (tmp_path / "xuncha.toml").write_text('max_pages = "many"\n')
    assert_one_sentence(xuncha("scan", "--config", "xuncha.toml"), 2, "max_pages", "a whole number of at least 1")
    (tmp_path / "xuncha.toml").write_text("resolve = [3]\n")
    assert_one_sentence(xuncha("scan", "--config", "xuncha.toml"), 2, "xuncha.toml", "resolve")
    (tmp_path / "xuncha.toml").write_text('nightly = "25:99"\n')
    assert_one_sentence(xuncha("doctor", "--config", "xuncha.toml"), 2, "25:99")


def test_an_unwritable_folder_is_named(xuncha: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    result = xuncha("demo", "--out", "taken", "--quiet")
    assert_one_sentence(result, 1, "taken")


def test_a_file_that_is_no_database_is_named(xuncha: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("this is not a database, it is a text of more than a hundred bytes " * 4)
    assert_one_sentence(xuncha("sites", "list", "--db", "notes.db"), 1, "notes.db")


def test_bad_rows_are_named_by_line_and_the_others_imported(xuncha: Run, tmp_path: Path) -> None:
    rows = [f"13990{index:05},乌有{index}局,http://site{index}.wuyou.gov.cn/" for index in range(1000)]
    rows[4] = "1399000004,没有网址,"
    rows[500] = rows[499].replace("site499", "site9999")
    text = "网站标识码,网站名称,首页网址\n" + "\n".join(rows) + "\n"
    (tmp_path / "registry.csv").write_bytes(text.encode("gb18030"))
    result = xuncha("sites", "import", "registry.csv")
    assert result.returncode == 0, result.stderr
    assert "registry.csv:6: " in result.stdout
    assert "registry.csv:502: " in result.stdout
    assert "998 sites added, 0 updated, 2 rows left out" in result.stdout
    assert len(xuncha("sites", "list").stdout.splitlines()) == 998
    assert xuncha("sites", "check", "registry.csv").returncode == 2


def test_a_database_locked_for_long_is_named(xuncha: Run, tmp_path: Path) -> None:
    (tmp_path / "registry.csv").write_text("url\nhttp://a.wuyou.gov.cn/\n")
    assert xuncha("sites", "import", "registry.csv").returncode == 0
    holder = sqlite3.connect(tmp_path / "xuncha.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        started = time.monotonic()
        waited_for = "sqlite:///xuncha.db?timeout=1.5"  # half a minute, where the address does not say
        assert_one_sentence(xuncha("sites", "import", "registry.csv", "--db", waited_for), 1, "xuncha.db", "lock")
        assert time.monotonic() - started > 1.5
    finally:
        holder.rollback()
        holder.close()


def test_why_no_content_was_seen_is_said_in_the_readers_language(xuncha: Run) -> None:
    assert "地址属于内部网络，未予访问。" in xuncha("audit", "http://10.0.0.1/", "--lang", "zh").stdout
    english = xuncha("audit", "http://10.0.0.1/").stdout
    assert "nothing was sent." in english
    assert len(english.splitlines()) <= 10, "one sentence stands for all the rules that needed content"


@pytest.mark.parametrize(("encoding", "sign"), [("gbk", "√"), ("ascii", "\\u221a")])
def test_no_encoding_of_a_terminal_is_too_narrow(tmp_path: Path, encoding: str, sign: str) -> None:
    """GBK has neither ✓ nor emoji; JSON is UTF-8 all the same."""
    (tmp_path / "page.html").write_text(
        '<title>局🎉</title><body>网站标识码：1302050002 <a href="/x">冀ICP备05003505号-1</a>', encoding="utf-8"
    )
    command, environment = [sys.executable, "-m", "xuncha", "inspect", "page.html"], {**ENVIRONMENT, "PYTHONIOENCODING": encoding}
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=True).stdout.decode(encoding)
    assert sign in told and "\\U0001f389" in told
    lines = subprocess.run([*command, "--json"], cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=True).stdout
    assert json.loads(lines.decode("utf-8"))["title"] == "局🎉"
