"""`xuncha dev`: what a rule author needs in a checkout of the program. Hidden from the help of operators."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xuncha.errors import UsageFault
from xuncha.messages import say

if TYPE_CHECKING:
    from reports.rule_pages import CaseLine

dev = typer.Typer(no_args_is_help=True, help=say("help_dev"))

Checkout = Annotated[Path, typer.Option("--checkout", metavar="FOLDER", help=say("help_checkout"))]


@dev.command("rule-docs", help=say("help_rule_docs"))
def rule_docs(checkout: Checkout = Path()) -> None:
    from reports.rule_pages import rule_pages
    from rules.rule import discover
    from rules.standard import shipped_standards

    cases = {folder.name: read_case_lines(folder / "cases.toml") for folder in _case_folders(checkout)}
    pages = rule_pages(discover(), shipped_standards(), cases)
    folder = checkout / "docs" / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    for gone in {path.name for path in folder.glob("*.md")} - set(pages):
        (folder / gone).unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(say("rule_docs_written", count=len(pages), folder=folder))


@dev.command("new-rule", help=say("help_new_rule"))
def new_rule(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help=say("help_new_rule_id"))],
    title: Annotated[str, typer.Option("--title", help=say("help_rule_title"))],
    checkout: Checkout = Path(),
) -> None:
    from rules.rule import discover
    from xuncha.rule_scaffold import RULE_ID, SAFE_TITLE, scaffold

    if not RULE_ID.fullmatch(rule_id) or not SAFE_TITLE.fullmatch(title):
        raise UsageFault(say("bad_rule_name", rule=rule_id))
    if not (checkout / "rules" / "site_rules").is_dir():
        raise UsageFault(say("no_checkout", folder=checkout.resolve()))
    files = {checkout / path: text for path, text in scaffold(rule_id, title).items()}
    if rule_id in discover() or any(path.exists() for path in files):
        raise UsageFault(say("rule_there_already", rule=rule_id))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path)
    print(say("new_rule_next", rule=rule_id))


def _case_folders(checkout: Path) -> list[Path]:
    """Return the folders with cases. Raises UsageFault where there are none: this is no checkout of the program."""
    folders = sorted(path.parent for path in (checkout / "tests" / "rules").glob("*/cases.toml"))
    if not folders:
        raise UsageFault(say("no_checkout", folder=checkout.resolve()))
    return folders


def read_case_lines(path: Path) -> "tuple[CaseLine, ...]":
    """Read the names and expected verdicts of a rule's cases. Raises UsageFault naming the file that is wrong."""
    import tomllib

    import msgspec

    from reports.rule_pages import CaseLine

    try:
        cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        told = [
            {
                "name": case["name"],
                "verdict": case["expect"]["verdict"],
                "reason": case["expect"]["reason"],
                "notice": bool(case["expect"].get("notice")),
            }
            for case in cases
        ]
        return msgspec.convert(told, tuple[CaseLine, ...])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise UsageFault(say("bad_cases", file=path, detail=error)) from error
