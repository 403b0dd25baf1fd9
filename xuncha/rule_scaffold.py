"""The first version of a new rule: a module that keeps the contract and decides nothing yet, and a first case that says so."""

import re
from pathlib import Path

from rules.rule import DOCUMENT_HEADINGS

RULE_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
"""Two words at the least: a noun phrase that names the problem."""
SAFE_TITLE = re.compile(r'[^\\"\r\n]+')

_VERDICTS = (
    "pass 写明何时合格。",
    "fail 写明何时不合格。",
    "inconclusive 判定方法尚未编写，一律不作判定。",
    "na 登记状态为关停、迁移或临时下线。",
)
_PARTS = (
    "写明看网站的哪些内容。",
    "写明文件名称、文号和条款。",
    "\n    ".join(_VERDICTS),
    "写明每条证据取自何处。",
    "写明哪些情形看似不合格而实际合格。",
    "写明网站应当如何改正。",
)
_RULE = '''"""{title}

{document}
"""

from rules.rule import Need, SiteRule, View
from rules.verdict import Judgement, undecided


def judge(view: View) -> Judgement:
    """Leave the question open: what was read of the homepage is in `view.home.facts`."""
    return undecided("undecided", f"《{{view.home.facts.title if view.home.facts else ''}}》未作判定")


RULE = SiteRule(version=1, needs=(Need.HOME,), judge=judge)
'''
_CASES = """# {title}: at least one case for each of the four verdicts, two that fail in different ways.

[[case]]
name = "the homepage was read, and nothing is decided yet"
page = [{{ role = "home", file = "page.html" }}]
expect = {{ verdict = "inconclusive", reason = "undecided" }}
"""
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>清河县人民政府</title></head>
<body>
<div class="nav"><a href="/gzdt/">工作动态</a><a href="/tzgg/">通知公告</a><a href="/zcwj/">政策文件</a></div>
<p>本页为检查项的第一个用例编写，请按用例的需要改写。</p>
</body>
</html>
"""


def scaffold(rule_id: str, title: str) -> dict[Path, str]:
    """Return the files of a new rule, in UTF-8, by their paths inside a checkout."""
    document = "\n".join(f"{heading}\n    {text}" for heading, text in zip(DOCUMENT_HEADINGS, _PARTS, strict=True))
    cases = Path("tests", "rules", rule_id)
    return {
        Path("rules", "site_rules", f"{rule_id}.py"): _RULE.format(title=title, document=document),
        cases / "cases.toml": _CASES.format(title=title),
        cases / "page.html": _PAGE,
    }
