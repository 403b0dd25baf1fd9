"""Settings: defaults, then the TOML file of `--config`, then `XUNCHA_*` variables, then the command line. Unknown keys are errors."""

import difflib
import os
import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, inspect

from rules.standard import DEFAULT_STANDARD, shipped_standards
from xuncha.messages import say, what_it_takes

ENVIRONMENT_PREFIX = "XUNCHA_"
_LISTS = frozenset({"resolve", "canaries", "mail_to"})
"""Settings of several values, with spaces between them in a variable."""


class LogFormat(StrEnum):
    """How the daemon writes its log."""

    AUTO = "auto"
    """Lines for people on a terminal, JSON elsewhere."""
    TEXT = "text"
    JSON = "json"


class WebhookFormat(StrEnum):
    """What the receiver of the nightly summary understands."""

    PLAIN = "plain"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


class MailSecurity(StrEnum):
    """How the way to the mail server is guarded."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class SettingsError(Exception):
    """A setting is unknown or has a value that cannot be used; the message is a sentence for the user."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything an operator can set. Times are in seconds."""

    db: str = "xuncha.db"
    """A file (SQLite) or a database URL."""
    lang: Literal["", "zh", "en"] = ""
    """zh or en; empty: the locale decides."""
    standard: str = DEFAULT_STANDARD
    """Id of a standard that is shipped or lies in `standards`, or a TOML file."""
    standards: str = "standards"
    """Folder of further standards: `ID.toml` each."""
    resolve: tuple[str, ...] = ()
    """`PATTERN=HOST:PORT`: names that match are looked up there instead."""
    proxy: str | None = None
    user_agent: str = "xuncha/0.1 (government website spot check; contact: the operator of this scan)"
    max_pages: Annotated[int, Meta(ge=1)] = 50
    deadline: Annotated[float, Meta(gt=0)] = 300.0
    """Wall clock for one site."""
    delay: Annotated[float, Meta(ge=0)] = 0.5
    """Between two requests to one site of a scan."""
    audit_delay: Annotated[float, Meta(ge=0)] = 0.15
    """The same for an audit on demand: somebody waits for one site, which sees no more than seven requests a second."""
    concurrency: Annotated[int, Meta(ge=1)] = 40
    """Sites at once, over all workers."""
    workers: Annotated[int, Meta(ge=1)] = 1
    """Processes that gather."""
    discover: Annotated[int, Meta(ge=0)] = 500
    """Unregistered government hosts followed at most in one scan; 0 switches the search off."""
    second_look_after: Annotated[float, Meta(ge=0)] = 30.0
    """From the end of a look whose finding must be found twice to the second look, at the least. In a scan of many sites
    it is hours: second looks come after all first ones."""
    evidence: str | None = None
    """Folder of the archived exchanges; unset: beside the database, `NAME-evidence`; empty, or `none`: no evidence is kept."""
    browser: str = "auto"
    """Program that renders pages which exist only through scripts: `auto` looks for Chromium, `off` renders nothing, or a path."""
    browser_pages: int = 2
    """Pages rendered at once, over all workers; each has a browser of its own."""
    browser_memory: int = 1000
    """Megabytes that a browser may take for its page; one that takes more is ended."""
    max_rendered: int = 10
    """Pages of one site rendered at most."""
    nightly: str = "01:00"
    """China time of the nightly scan, HH:MM."""
    output: str = "xuncha-output"
    """Folder of the nightly problem list and the quarter's drafts."""
    profile: str = "nation"
    """Profile of the quarter's drafts."""
    knock_minutes: Annotated[int, Meta(ge=0, le=1440)] = 60
    """Minutes between two rounds of reachability visits, a divisor of 1440; the clause wants 20 visits a day. 0: no visits."""
    canaries: tuple[str, ...] = ()
    """Addresses that are there whenever our own network is: a round in which none of them answers counts for nothing."""
    retention_days: Annotated[int, Meta(ge=1)] = 100
    """Days after which evidence is let go that no finding rests on: a quarter, and some time to disagree."""
    findings_days: Annotated[int, Meta(ge=1)] = 35
    """Days after which findings are let go that neither failed nor warned: a kilobyte a site and night."""
    health_port: Annotated[int, Meta(ge=0, le=65535)] = 0
    """Port of 127.0.0.1 for `/healthz` and `/metrics`; 0: none."""
    log_format: LogFormat = LogFormat.AUTO
    webhook: str = ""
    """Address that the nightly summary is posted to."""
    webhook_format: WebhookFormat = WebhookFormat.PLAIN
    webhook_secret: str = ""
    """Of a DingTalk robot that wants signed messages."""
    mail_to: tuple[str, ...] = ()
    mail_from: str = ""
    smtp: str = "localhost"
    """`HOST` or `HOST:PORT` of the mail server."""
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_security: MailSecurity = MailSecurity.STARTTLS


def load_settings(config: Path | None, given: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in force; `given` holds the command line's values, None where an option was not used.

    Raises SettingsError naming the file or variable, the key, and the closest key there is.
    """
    variables = os.environ if environment is None else environment
    # The later ones go before.
    sources: list[tuple[str, dict[str, Any]]] = []
    if config is not None:
        place = say("settings_file", path=config)
        sources.append((place, _checked(_read(config), place)))
    sources.append((say("settings_environment"), _of_environment(variables)))
    sources.append((say("settings_command_line"), {key: value for key, value in given.items() if value is not None}))
    values: dict[str, Any] = {}
    for _, found in sources:
        values |= found
    try:
        settings = msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        what, _, path = str(error).rpartition(" - at `$.")
        key = path.rstrip("`").partition("[")[0]
        where = next((place for place, found in reversed(sources) if key in found), "")
        named = ENVIRONMENT_PREFIX + key.upper() if where == say("settings_environment") else key
        raise SettingsError(say("bad_setting", where=where, key=named, why=_takes(key) or what or error)) from error
    return msgspec.structs.replace(settings, standard=standard_file(settings, settings.standard))


def _takes(key: str) -> str:
    """Return a sentence with the values that a setting takes; empty where they are neither numbers nor a few words."""
    kinds: dict[str, Any] = {field.name: field.type for field in inspect.type_info(Settings).fields}  # type: ignore[attr-defined]
    match kinds.get(key):
        case inspect.EnumType(cls=words):
            return say("one_of", choices=", ".join(words))
        case inspect.LiteralType(values=words):
            return say("one_of", choices=", ".join(str(word) for word in words if word))
        case inspect.IntType(ge=least, le=most):
            return what_it_takes(int, least, most)
        case inspect.FloatType(gt=None, ge=least, le=most):
            return what_it_takes(float, least, most)
    return ""


def standard_file(settings: Settings, name: str) -> str:
    """Return the file of a standard that lies in the folder of further ones, so that workers and resumed scans find it; else the name.

    A file cannot take the place of a standard that is shipped.
    """
    dropped = Path(settings.standards, f"{name}.toml")
    return str(dropped) if settings.standards and dropped.is_file() and name not in shipped_standards() else name


def _of_environment(variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings of the environment; a variable that is meant for this program and names none is an error."""
    found = {name: text for name, text in variables.items() if name.startswith(ENVIRONMENT_PREFIX)}
    values = {name.removeprefix(ENVIRONMENT_PREFIX).lower(): text for name, text in found.items()}
    _checked(values, say("settings_environment"), lambda key: ENVIRONMENT_PREFIX + key.upper())
    return {name: text.split() if name in _LISTS else text for name, text in values.items()}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(say("settings_unreadable", path=path, why=error.strerror)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(say("settings_not_toml", path=path, why=error)) from error


def _checked(values: dict[str, Any], where: str, written: Callable[[str], str] = str) -> dict[str, Any]:
    """Return values all of whose keys are settings; `written` gives a key as it is written there. Raises SettingsError."""
    known = Settings.__struct_fields__
    for key in values:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            if close:
                raise SettingsError(say("unknown_setting_close", where=where, key=written(key), close=written(close[0])))
            raise SettingsError(say("unknown_setting", where=where, key=written(key), known=", ".join(map(written, known))))
    return values
