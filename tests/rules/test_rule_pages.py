"""The pages of `docs/rules` say what the rules, the standards and the cases say today."""

from pathlib import Path

import pytest

from reports.rule_pages import INDEX, CaseLine, rule_pages
from rules.rule import DOCUMENT_HEADINGS, discover
from rules.standard import UNVERIFIED, shipped_standards
from rules.verdict import Verdict
from tests.rules.cases import load_cases
from xuncha.cli.dev import read_case_lines
from xuncha.errors import UsageFault

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "rules"


def pages() -> dict[str, str]:
    cases = {path.parent.name: read_case_lines(path) for path in (ROOT / "tests" / "rules").glob("*/cases.toml")}
    return rule_pages(discover(), shipped_standards(), cases)


def test_the_pages_are_those_that_the_command_would_write_today() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert set(written) == set(pages()), "run: xuncha dev rule-docs"
    stale = [name for name, text in pages().items() if written[name] != text]
    assert not stale, f"run `xuncha dev rule-docs`; out of date: {', '.join(stale)}"


@pytest.mark.parametrize("rule_id", discover())
def test_a_page_tells_of_clauses_verdicts_and_every_case(rule_id: str) -> None:
    page = pages()[f"{rule_id}.md"]
    assert [heading for heading in (*DOCUMENT_HEADINGS, "用例") if f"\n## {heading}\n" not in page] == []
    for verdict in Verdict:
        assert f"`{verdict}` |" in page
    for rule, case in load_cases():
        if rule == rule_id:
            assert f"`{case.expect.reason}` | {case.name}" in page
    naming = [standard.rules[rule_id] for standard in shipped_standards().values() if rule_id in standard.rules]
    assert naming and all(clause.clause in page and clause.source in page for clause in naming)
    assert (UNVERIFIED in page) is not all(clause.verified for clause in naming)


def test_the_index_leads_to_every_rule() -> None:
    index = pages()[INDEX]
    assert all(f"[{rule_id}]({rule_id}.md) | {named.document.title} |" in index for rule_id, named in discover().items())
    assert "| 2015-census | 2018q1-spot-check | 2019-index |" in index


def test_a_bar_in_a_name_does_not_break_the_table() -> None:
    case = CaseLine(name="one | two", verdict=Verdict.FAIL, reason="found")
    page = rule_pages({"search_missing": discover()["search_missing"]}, {}, {"search_missing": [case]})["search_missing.md"]
    assert "| 不合格 | `found` | one \\| two |" in page
    assert "随程序提供的检查指标都没有采用本项。" in page


@pytest.mark.parametrize(
    "text", ["[[case]]\nname = 'x'\n", "[[case\n", "", "[[case]]\nname = 'x'\nexpect = { verdict = 'guilty', reason = 'r' }\n"]
)
def test_a_wrong_case_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "cases.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageFault, match=r"cases\.toml"):
        read_case_lines(tmp_path / "cases.toml")
