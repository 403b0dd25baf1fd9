"""`xuncha inspect` and `xuncha selftest`: one line in, one line out, and a sentence for what cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest

from reports.inert import plain
from tests.application.conftest import Run

PAGE = (
    "<html><head><title>清河县水务局\u202e</title></head><body><form action='/s'><input name=q placeholder=搜索></form>"
    "主办单位：清河县水务局 网站标识码：1302050002 冀ICP备05003505号-1</body></html>"
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "home.html"
    path.write_bytes(PAGE.encode("gb18030"))
    return path


def test_one_json_line_a_page_in_the_order_given(xuncha: Run, page: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    run = xuncha("inspect", "--json", "--url", "http://swj.qinghe.gov.cn.test/", "--as-of", "2018-03-01", str(page), str(empty))
    first, second = (json.loads(line) for line in run.stdout.splitlines())
    assert run.returncode == 0
    assert (first["file"], second["file"]) == (str(page), str(empty))
    assert first["encoding"] == "gb18030"
    assert first["marks"] == {
        "party_mark": "absent", "site_code": "1302050002", "icp": "冀ICP备05003505号-1", "police_filing": None,
        "feedback_entry": False, "sponsor": True,
    }  # fmt: skip
    assert first["search_form"] == {"state": "present", "action": "http://swj.qinghe.gov.cn.test/s", "method": "get", "field": "q"}
    assert second["page_type"] == "soft_404" and second["column"] is None and second["letters"] is None


def test_a_person_is_told_what_was_seen_and_where_without_hostile_characters(xuncha: Run, page: Path) -> None:
    run = xuncha("inspect", "--lang", "en", str(page))
    lines = dict(line.split("\t", 1) for line in run.stdout.splitlines() if "\t" in line)
    assert lines["site code"].startswith("✓ 1302050002\ttext: ")
    assert lines["title"].split("\t")[0] == "清河县水务局"
    assert all(plain(cell) == cell.strip() for line in run.stdout.splitlines() for cell in line.split("\t"))


def test_what_cannot_be_read_gets_one_sentence_and_the_others_are_read(xuncha: Run, page: Path, tmp_path: Path) -> None:
    run = xuncha("inspect", "--json", str(tmp_path / "none.html"), str(page))
    assert run.returncode == 1
    assert len(run.stdout.splitlines()) == 1 and len(run.stderr.splitlines()) == 1 and "none.html" in run.stderr


def test_a_private_address_is_not_asked(xuncha: Run) -> None:
    run = xuncha("inspect", "--json", "http://127.0.0.1:9/")
    assert (run.returncode, run.stdout) == (1, "")
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("suite", "case", "answer"),
    [
        ("sniff", {"hex": b"<meta charset=gbk>".hex()}, {"encoding": "gb18030"}),
        ("sniff", {"hex": ""}, {"encoding": "windows-1252"}),
        ("encoding", {"hex": "b9abb8e6", "label": "gb2312"}, {"text": "公告"}),
    ],
)
def test_selftest_answers_each_line(xuncha: Run, suite: str, case: dict[str, Any], answer: dict[str, Any]) -> None:
    run = xuncha("selftest", suite, given=f"{json.dumps(case)}\n{json.dumps(case)}\n".encode())
    assert [json.loads(line) for line in run.stdout.splitlines()] == [answer, answer]


@pytest.mark.parametrize(
    ("suite", "given"),
    [
        ("no-such-suite", b"{}"),
        ("sniff", b"no json"),
        ("url", b"\xff\xfe\x00"),
        ("url", b"[" * 100_000),
        ("robots", b"[]"),
        ("robots", b'{"robots": ""}'),
        ("robots", b'{"robots": "User-agent: *\\nDisallow: /x", "agent": "a", "url": "http://a/\\ud800"}'),
        ("encoding", b'{"hex": "b9ab", "label": 7}'),
        ("encoding", b'{"hex": "b9a", "label": "gbk"}'),
        ("ip", b"{}"),
    ],
)
def test_selftest_refuses_bad_input_in_a_sentence(xuncha: Run, suite: str, given: bytes) -> None:
    run = xuncha("selftest", suite, given=given + b"\n")
    assert (run.returncode, run.stdout) == (2, "")
    assert "Traceback" not in run.stderr
    assert suite == "no-such-suite" or "line 1 " in run.stderr
