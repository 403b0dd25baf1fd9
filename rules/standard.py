"""Standards as data: which rules, with which thresholds, wording, severity and clause. One TOML file each, dated."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from crawler.facts.records import Record
from rules.verdict import Severity
from rules.wording import WordedError, wording

DEFAULT_STANDARD = "2018q1-spot-check"
UNVERIFIED = "判定数值未经官方文本核实"
"""What a citation says of figures that come from memory or are our own choice."""


class Clause(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a standard says about one rule."""

    severity: Severity
    problem: str
    """Official wording of the problem; `{placeholders}` are filled by the rule."""
    clause: str
    """The clause as cited to a reader, in Simplified Chinese."""
    source: str
    """Where the clause and its figures were read."""
    verified: bool = True
    """False where a figure is from memory: such a figure is never printed as fact."""
    thresholds: dict[str, int] = {}
    notice_at: dict[str, int] = {}
    """Early warning: the thresholds at which a site that still passes is told so. Those not named here stay as they are."""

    @property
    def effective_severity(self) -> Severity:
        """Return what a failure means: a veto by figures that nobody compared with the official text cites a site and does not fail it."""
        return Severity.CITED if self.severity is Severity.VETO and not self.verified else self.severity

    @property
    def citation(self) -> str:
        """Return the clause as a finding cites it, with the remark that its figures are unverified where they are."""
        return self.clause if self.verified else f"{self.clause}（{UNVERIFIED}）"


class Standard(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition of the indicators."""

    id: str
    title: str
    version: int
    valid_from: date
    valid_to: date | None = None
    rules: dict[str, Clause]


class StandardError(WordedError):
    """A standard is unknown or its file is wrong; the message is a sentence for the user."""

    _wording = wording


def read_standard(path: Path) -> Standard:
    """Read a standard from a TOML file in UTF-8.

    Raises StandardError, naming the file, when it cannot be read or does not have the form of a standard.
    """
    try:
        standard = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Standard)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise StandardError("standard_unusable", file=path.name, why=error) from error
    for rule_id, clause in standard.rules.items():
        if unknown := clause.notice_at.keys() - clause.thresholds.keys():
            raise StandardError("notice_without_threshold", file=path.name, rule=rule_id, name=min(unknown))
    return standard


@cache
def shipped_standards() -> Mapping[str, Standard]:
    """Return the standards shipped with the program, by id."""
    folder = Path(str(resources.files("rules").joinpath("standards")))
    standards = (read_standard(path) for path in sorted(folder.glob("*.toml")))
    return {standard.id: standard for standard in standards}


def standards_in(folder: Path) -> Mapping[str, Standard]:
    """Return the standards that were dropped into a folder, by id; none where there is no such folder.

    Raises StandardError for a file that is no standard, is not named after its id, or has the id of a shipped one.
    """
    found = {}
    for path in sorted(folder.glob("*.toml")):
        standard = read_standard(path)
        if path.stem != standard.id or standard.id in shipped_standards():
            raise StandardError("standard_misnamed", file=path, standard=standard.id)
        found[standard.id] = standard
    return found


def find_standard(name: str) -> Standard:
    """Return a standard by its id, or from a TOML file when the name ends in `.toml`.

    Raises StandardError when there is no such standard; the sentence lists those there are.
    """
    if name.endswith(".toml"):
        return read_standard(Path(name))
    standards = shipped_standards()
    if name not in standards:
        raise StandardError("no_such_standard", name=name, known=", ".join(standards))
    return standards[name]
