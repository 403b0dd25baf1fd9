"""`xuncha dev new-rule` writes a rule that is found, documented under every heading, passes its first case and accuses nobody."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import rules.site_rules
import tests.rules.cases
from rules.engine import Engine
from rules.rule import DOCUMENT_HEADINGS, discover
from rules.verdict import Verdict
from tests.rules.cases import build_dossier, load_cases
from tests.rules.dossiers import standard
from xuncha.cli.dev import dev
from xuncha.errors import UsageFault

RULE_ID = "navigation_missing"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a checkout without rules of its own, whose rules are found beside the program's, and forget them afterwards."""
    (tmp_path / "rules" / "site_rules").mkdir(parents=True)
    (tmp_path / "tests" / "rules").mkdir(parents=True)
    monkeypatch.setattr(rules.site_rules, "__path__", [*rules.site_rules.__path__, str(tmp_path / "rules" / "site_rules")])
    monkeypatch.setattr(tests.rules.cases, "FOLDER", tmp_path / "tests" / "rules")
    discover.cache_clear()
    yield tmp_path
    discover.cache_clear()
    sys.modules.pop(f"rules.site_rules.{RULE_ID}", None)


def new_rule(checkout: Path, rule_id: str = RULE_ID, title: str = "首页没有导航") -> str:
    arguments = ["new-rule", rule_id, "--title", title, "--checkout", str(checkout)]
    result = CliRunner().invoke(dev, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_new_rule_is_found_documented_and_passes_its_first_case(checkout: Path) -> None:
    assert RULE_ID not in discover()
    told = new_rule(checkout)
    discover.cache_clear()
    named = discover()[RULE_ID]
    assert named.document.title == "首页没有导航" and set(named.document.parts) == set(DOCUMENT_HEADINGS)
    for verdict in Verdict:
        assert any(line.startswith(f"{verdict} ") for line in named.document.parts["判定"].splitlines())
    ((rule_id, case),) = load_cases.__wrapped__()
    (finding,) = Engine(standard(RULE_ID)).judge(build_dossier(rule_id, case))
    assert (rule_id, finding.verdict, finding.reason_code) == (RULE_ID, case.expect.verdict, case.expect.reason)
    assert finding.verdict is Verdict.INCONCLUSIVE and "清河县人民政府" in finding.reason
    assert f"[rules.{RULE_ID}]" in told


def test_a_rule_that_is_there_is_not_written_over(checkout: Path) -> None:
    new_rule(checkout)
    path = checkout / "rules" / "site_rules" / f"{RULE_ID}.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    with pytest.raises(UsageFault, match=RULE_ID):
        new_rule(checkout)
    assert path.read_text(encoding="utf-8").endswith("# mine\n")
    with pytest.raises(UsageFault, match="homepage_stale"):
        new_rule(checkout, "homepage_stale")


@pytest.mark.parametrize(
    ("rule_id", "title"), [("Stale_Page", "标题"), ("stale", "标题"), ("../stale_page", "标题"), ("stale_page", '"""')]
)
def test_a_name_that_python_or_the_house_would_refuse_is_refused(checkout: Path, rule_id: str, title: str) -> None:
    with pytest.raises(UsageFault, match="rule"):
        new_rule(checkout, rule_id, title)
    assert list(checkout.rglob("*.py")) == []


def test_a_folder_that_is_no_checkout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="no source folder"):
        new_rule(tmp_path)
