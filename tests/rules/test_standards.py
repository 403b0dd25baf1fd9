"""Standards are data, rules are files: both are found, read and refused with a sentence."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import rules.standard
from rules.engine import Engine
from rules.rule import (
    DOCUMENT_HEADINGS,
    ENTRY_POINT_GROUP,
    RegistryRule,
    RuleDefinitionError,
    SiteRule,
    discover,
    read_document,
)
from rules.standard import DEFAULT_STANDARD, StandardError, find_standard, read_standard, shipped_standards
from rules.verdict import Severity
from tests.rules.dossiers import dossier

SHIPPED = sorted((Path(rules.standard.__file__).parent / "standards").glob("*.toml"))
SIXTEEN = {
    "site_unreachable",
    "homepage_stale",
    "columns_stale",
    "columns_empty",
    "interaction_missing",
    "interaction_unanswered",
    "search_missing",
    "search_broken",
    "feedback_entry_missing",
    "domain_suffix",
    "footer_marks_missing",
    "service_guide_incomplete",
    "annual_report_missing",
    "publish_date_forged",
    "site_unregistered",
    "site_duplicate",
}
TOLD = {"registry_mismatch", "closed_still_running", "site_impersonation"}
VETOES = {"site_unreachable", "homepage_stale", "columns_stale", "columns_empty", "interaction_unanswered"}
CLAUSE = 'severity = "cited"\nproblem = "问题"\nclause = "条款"\nsource = "here"\n'
STANDARD = f'id = "own"\ntitle = "自定"\nversion = 1\nvalid_from = 2018-01-01\n[rules.search_missing]\n{CLAUSE}'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own-standard.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_standard_can_be_used(path: Path) -> None:
    standard = read_standard(path)
    assert standard.id == path.stem and shipped_standards()[standard.id] == standard
    assert standard.valid_to is None or standard.valid_from < standard.valid_to
    assert set(Engine(standard).rules) == set(standard.rules)


def test_the_standard_of_the_spot_check_holds_the_sixteen_rules_and_five_vetoes() -> None:
    clauses = find_standard(DEFAULT_STANDARD).rules
    assert set(clauses) == SIXTEEN | TOLD
    assert {rule_id for rule_id, clause in clauses.items() if clause.severity is Severity.NOTICE} == TOLD
    assert {rule_id for rule_id, clause in clauses.items() if clause.severity is Severity.VETO} == VETOES
    assert all(clause.problem and clause.clause and clause.source for clause in clauses.values())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_rules_ask_only_for_thresholds_that_the_standard_sets(path: Path) -> None:
    """A threshold that is asked for and not set would end in a rule error, but where a rule has a default; one never asked for misleads."""
    for rule_id, clause in read_standard(path).rules.items():
        module = sys.modules[discover()[rule_id].rule.judge.__module__]
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        asked = re.findall(r'threshold(?:\(|s\[)["\'](\w+)["\'](, 0)?', source)
        assert {name for name, default in asked if not default} <= set(clause.thresholds) <= {name for name, _ in asked}, rule_id


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (STANDARD + "colour = 1\n", "colour"),
        ("colour = 1\n" + STANDARD, "colour"),
        (STANDARD.replace('"cited"', '"deadly"'), "deadly"),
        (STANDARD.replace("2018-01-01", '"soon"'), "valid_from"),
        (STANDARD.replace('title = "自定"\n', ""), "title"),
        (STANDARD + "[broken", "document"),
        (STANDARD + 'thresholds = { days = "many" }\n', "days|thresholds"),
    ],
)
def test_a_wrong_standard_is_refused_by_its_files_name(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(StandardError, match=f"standard file own-standard.toml cannot be used: .*(?:{complaint})"):
        find_standard(str(written(tmp_path, text)))


def test_a_standard_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("bytes.toml", "missing.toml"):
        with pytest.raises(StandardError, match=f"standard file {name} cannot be used"):
            find_standard(str(tmp_path / name))
    with pytest.raises(StandardError, match=f"there is no standard '1999'; known: .*{DEFAULT_STANDARD}"):
        find_standard("1999")


def test_a_standard_of_ones_own_is_read_from_a_file(tmp_path: Path) -> None:
    standard = find_standard(str(written(tmp_path, STANDARD)))
    assert [finding.rule for finding in Engine(standard).judge(dossier())] == ["search_missing"]


def test_the_sixteen_rules_are_found_by_their_files() -> None:
    found = discover()
    assert set(found) >= SIXTEEN | TOLD
    for rule_id, named in found.items():
        assert named.rule.judge.__module__.rpartition(".")[2] == rule_id
        folder = "registry_rules" if isinstance(named.rule, RegistryRule) else "site_rules"
        assert named.rule.judge.__module__ == f"rules.{folder}.{rule_id}"


@pytest.mark.parametrize("rule_id", sorted(SIXTEEN))
def test_every_rule_documents_what_it_checks_and_how_it_decides(rule_id: str) -> None:
    document = discover()[rule_id].document
    assert document.title and set(document.parts) == set(DOCUMENT_HEADINGS)
    for verdict in ("pass ", "fail ", "inconclusive ", "na "):
        assert any(line.startswith(verdict) for line in document.parts["判定"].splitlines()), f"{rule_id} does not say when it is {verdict}"


@pytest.mark.parametrize("heading", DOCUMENT_HEADINGS)
def test_a_docstring_without_a_heading_is_refused(heading: str) -> None:
    whole = "标题\n\n" + "\n".join(f"{name}\n    内容" for name in DOCUMENT_HEADINGS)
    assert read_document("mine", whole).parts[heading] == "内容"
    with pytest.raises(RuleDefinitionError, match=f"the docstring of rule mine lacks: {heading}"):
        read_document("mine", whole.replace(heading, "别的"))


RULE_MODULE = '''"""{title}

检查内容
    甲
依据
    乙
判定
    丙
证据
    丁
易误判
    戊
整改建议
    己
"""
from rules.rule import SiteRule
from rules.verdict import passed

{rule}
'''
A_RULE = 'RULE = SiteRule(version=3, needs=(), judge=lambda view: passed("guest", "外来规则"))'


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder on `sys.path` in which a distribution can be put, and forget what was found before and after."""
    monkeypatch.syspath_prepend(str(tmp_path))
    discover.cache_clear()
    yield tmp_path
    discover.cache_clear()


def install(folder: Path, module: str, rule_id: str, rule: str = A_RULE) -> None:
    (folder / f"{module}.py").write_text(RULE_MODULE.format(title="外来规则", rule=rule), encoding="utf-8")
    metadata = folder / f"{module}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[{ENTRY_POINT_GROUP}]\n{rule_id} = {module}\n", encoding="utf-8")


def test_an_installed_distribution_brings_a_rule_of_its_own(installed: Path) -> None:
    install(installed, "guest_rules_one", "guest_rule")
    assert [point.name for point in entry_points(group=ENTRY_POINT_GROUP)] == ["guest_rule"]
    guest = discover()["guest_rule"]
    assert isinstance(guest.rule, SiteRule) and guest.document.title == "外来规则"
    standard = read_standard(written(installed, STANDARD.replace("search_missing", "guest_rule")))
    (finding,) = Engine(standard).judge(dossier())
    assert (finding.rule, finding.rule_version, finding.reason_code) == ("guest_rule", 3, "guest")


def test_an_installed_rule_cannot_take_the_name_of_another(installed: Path) -> None:
    install(installed, "guest_rules_two", "homepage_stale")
    with pytest.raises(RuleDefinitionError, match="two rules are called homepage_stale"):
        discover()


def test_an_installed_module_without_a_rule_is_refused(installed: Path) -> None:
    install(installed, "guest_rules_three", "guest_rule", "NOTHING = passed, SiteRule")
    with pytest.raises(RuleDefinitionError, match="rule module guest_rules_three defines no RULE"):
        discover()
