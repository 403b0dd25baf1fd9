"""Settings: defaults, then the TOML file of `--config`, then `XUNCHA_*` variables, then the command line. Unknown keys are errors."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from rules.standard import DEFAULT_STANDARD

ENVIRONMENT_PREFIX = "XUNCHA_"


class SettingsError(Exception):
    """A setting is unknown or has a value that cannot be used; the message is a sentence for the user."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything an operator can set. Times are in seconds."""

    db: str = "xuncha.db"
    """A file (SQLite) or a database URL."""
    lang: str = ""
    """zh or en; empty: the locale decides."""
    standard: str = DEFAULT_STANDARD
    resolve: tuple[str, ...] = ()
    """`PATTERN=HOST:PORT`: names that match are looked up there instead."""
    proxy: str | None = None
    user_agent: str = "xuncha/0.1 (government website spot check; contact: the operator of this scan)"
    max_pages: int = 50
    deadline: float = 300.0
    """Wall clock for one site."""
    delay: float = 0.5
    """Between two requests to one site of a scan."""
    audit_delay: float = 0.15
    """The same for an audit on demand: somebody waits for one site, which sees no more than seven requests a second."""
    concurrency: int = 40
    """Sites at once, over all workers."""
    workers: int = 1
    """Processes that gather."""
    discover: int = 500
    """Unregistered government hosts followed at most in one scan; 0 switches the search off."""
    second_look_after: float = 30.0
    """From the end of the look that would fail a site to the second look that has to confirm it, at the least. In a scan of many sites
    it is hours: second looks come after all first ones."""
    evidence: str | None = None
    """Folder of the archived exchanges; unset: beside the database, `NAME-evidence`; empty, or `none`: no evidence is kept."""
    nightly: str = "01:00"
    """China time of the nightly scan, HH:MM."""
    output: str = "xuncha-output"
    """Folder of the nightly problem list."""


def load_settings(config: Path | None, given: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in force; `given` holds the command line's values, None where an option was not used.

    Raises SettingsError naming the file or variable, the key, and the closest key there is.
    """
    variables = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    if config is not None:
        values |= _checked(_read(config), f"settings file {config}")
    for name in Settings.__struct_fields__:
        text = variables.get(ENVIRONMENT_PREFIX + name.upper())
        if text is not None:
            values[name] = text.split() if name == "resolve" else text
    values |= {key: value for key, value in given.items() if value is not None}
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"a setting has a value that cannot be used: {error}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"settings file {path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"settings file {path} is not valid TOML: {error}") from error


def _checked(values: dict[str, Any], where: str) -> dict[str, Any]:
    for key in values:
        if key not in Settings.__struct_fields__:
            close = difflib.get_close_matches(key, Settings.__struct_fields__, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(Settings.__struct_fields__)}"
            raise SettingsError(f"{where} has an unknown key {key!r}{hint}")
    return values
