"""The operator's profile: issuer, fixed texts and thresholds of a bulletin, in a TOML file."""

import tomllib
from importlib import resources
from pathlib import Path
from string import Formatter

import msgspec

from crawler.facts.records import Record
from reports.errors import ProfileError

_PLACEHOLDERS = frozenset({"scope", "issuer", "issuer_short", "period", "quarter", "next_quarter", "next_due"})


class Thresholds(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where lists and rates draw their lines."""

    below_percent: int = 90
    """Regions strictly below this pass rate are listed."""
    rate_decimals: int = 0
    examples: int = 4
    """How many sites a sentence names before it says how many there are."""


class Profile(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fixed texts of a bulletin. Texts may hold placeholders such as {issuer_short} and {next_due}."""

    name: str
    scope: str = "全国"
    """Whose sites the bulletin is about."""
    title: str = "{period}{scope}政府网站抽查情况通报"
    issuer: str
    issuer_short: str = ""
    basis: str = "《政府网站发展指引》（国办发〔2017〕47号）"
    """The document the inspection rests on, unless the figures name theirs."""
    guiding_principle: str = ""
    """Free text of the operator that opens the bulletin; never generated."""
    overview_remarks: tuple[str, ...] = ()
    """Sentences of the operator at the end of the accountability paragraph, such as those of a season."""
    demands: tuple[str, ...] = ()
    """The paragraphs of section three."""
    closing_demand: str = ""
    """The last paragraph of section three, printed when the figures set a date for the next report."""
    thresholds: Thresholds = Thresholds()


def load_profile(name_or_file: str) -> Profile:
    """Return a profile that ships with xuncha, by name, or that of a TOML file; raises `ProfileError`."""
    shipped = resources.files("reports").joinpath("profiles", f"{name_or_file}.toml")
    source = shipped if name_or_file.isidentifier() and shipped.is_file() else Path(name_or_file)
    try:
        profile = msgspec.convert(tomllib.loads(source.read_text(encoding="utf-8")), Profile)
    except OSError as error:
        raise ProfileError(f"The profile {name_or_file} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ProfileError(f"The profile {name_or_file} is not valid: {error}.") from error
    for text in (profile.title, profile.closing_demand, *profile.demands, *profile.overview_remarks):
        _require_known_placeholders(text, name_or_file)
    return profile


def _require_known_placeholders(text: str, file: str) -> None:
    try:
        unknown = [field for _, field, _, _ in Formatter().parse(text) if field is not None and field not in _PLACEHOLDERS]
    except ValueError as error:
        raise ProfileError(f"The profile {file} is not valid: {error} in {text!r}.") from error
    if unknown:
        known = ", ".join(sorted(_PLACEHOLDERS))
        raise ProfileError(f"The profile {file} is not valid: no placeholder is called {{{unknown[0]}}}; there are {known}.")
