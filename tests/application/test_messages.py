"""Messages: complete in both languages, and none that nothing says."""

import pickle
import re
import string
import tomllib
from pathlib import Path

import pytest

from reports.errors import OutputError
from storage.errors import NotStored
from xuncha.messages import language_of, set_language

ROOT = Path(__file__).parents[2]
CATALOGUES = {
    floor: tomllib.loads((ROOT / floor / "messages.toml").read_text(encoding="utf-8"))
    for floor in ("xuncha", "reports", "storage", "rules")
}
MESSAGES = [message for catalogue in CATALOGUES.values() for message in catalogue.items()]


def placeholders(text: str) -> set[str]:
    """Return the names that a message has filled in."""
    return {name.partition(":")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("message", [message for _, message in MESSAGES], ids=[key for key, _ in MESSAGES])
def test_a_message_says_the_same_in_both_languages(message: dict[str, str]) -> None:
    assert set(message) == {"zh", "en"}
    assert re.search("[\u4e00-\u9fff]", message["zh"]) or message["zh"] == message["en"]
    unequal = placeholders(message["zh"]) ^ placeholders(message["en"])
    assert not unequal - {"detail"}


def test_every_message_is_said_somewhere() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "xuncha").rglob("*.py"))
    quoted = set(re.findall(r"""["']([a-z][a-z_]*)["']""", source))
    commands = {f"help_{name}" for name in re.findall(r'\(\w+, "(\w+)"\)', source)}
    composed = tuple(re.findall(r"""say\(f?["']([a-z]+_)(?:["'] \+|\{)""", source))
    assert composed
    assert not {key for key in CATALOGUES["xuncha"] if key not in quoted | commands and not key.startswith(composed)}


def test_storage_says_every_sentence_of_its_own_and_no_other() -> None:
    said = set()
    for path in [*(ROOT / "storage").rglob("*.py"), ROOT / "xuncha" / "evidence_command.py"]:
        source = path.read_text(encoding="utf-8")
        said |= set(
            re.findall(r"""(?:wording|raise [A-Z]\w+|return [A-Z]\w*Unwritable|Evidence\w+|Storage\w+|Database\w+)\(\s*"(\w+)\"""", source)
        )
        said |= set(re.findall(r"""Database\w+, "(\w+)"\)""", source))
    assert said == CATALOGUES["storage"].keys()


@pytest.mark.parametrize("floor", ["reports", "rules"])
def test_rules_and_reports_say_every_sentence_of_their_own_and_no_other(floor: str) -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / floor).rglob("*.py"))
    assert set(re.findall(r"""(?:\w+Error|\.error)\(\s*"([a-z_]+)\"""", source)) == CATALOGUES[floor].keys()
    assert not re.findall(r"""(?:Standard|Definition|Figures|Sample|Profile|Output)Error\(\s*f?"[^"]* """, source), "a sentence in the code"


def test_the_reason_why_a_document_lacks_something_is_in_its_own_language() -> None:
    error = OutputError("report_unwritable", path="x.pdf", why="?")
    assert error.said("zh") == "x.pdf 无法写入：?。" and str(error) == "x.pdf cannot be written: ?."


def test_an_error_of_storage_speaks_the_language_of_the_process() -> None:
    error = pickle.loads(pickle.dumps(NotStored("no_scan", place="x.db", scan=7)))
    assert str(error) == "The database x.db holds no scan 7."
    set_language("zh")
    try:
        assert str(error) == "数据库 x.db 中没有扫描7。"
    finally:
        set_language("en")


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        (["scan", "--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["--lang=en"], {"XUNCHA_LANG": "zh"}, "en"),
        ([], {"XUNCHA_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
    ],
)
def test_the_language_follows_the_option_then_the_environment(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert language_of(arguments, environment) == language
