"""Options that several commands take, and the settings they lead to."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from xuncha.errors import UsageFault
from xuncha.messages import say, set_language

if TYPE_CHECKING:
    from crawler.limits import GatherSettings
    from crawler.net.resolver import NameMapping
    from xuncha.settings import Settings

Db = Annotated[str | None, typer.Option("--db", help=say("help_db"), metavar="URL|FILE")]
Config = Annotated[Path | None, typer.Option("--config", help=say("help_config"), metavar="FILE")]
Lang = Annotated[Literal["zh", "en"] | None, typer.Option("--lang", help=say("help_lang"), metavar="zh|en")]
Quiet = Annotated[bool, typer.Option("--quiet", help=say("help_quiet"))]
Verbose = Annotated[bool, typer.Option("--verbose", help=say("help_verbose"))]
StandardId = Annotated[str | None, typer.Option("--standard", help=say("help_standard"), metavar="ID")]
AsOf = Annotated[str | None, typer.Option("--as-of", help=say("help_as_of"), metavar="DATE")]
Resolve = Annotated[list[str] | None, typer.Option("--resolve", help=say("help_resolve"), metavar="PATTERN=HOST:PORT")]
Proxy = Annotated[str | None, typer.Option("--proxy", help=say("help_proxy"), metavar="URL")]
MaxPages = Annotated[int | None, typer.Option("--max-pages", min=1, help=say("help_max_pages"))]
Deadline = Annotated[float | None, typer.Option("--deadline", min=1, help=say("help_deadline"), metavar="SECONDS")]
Delay = Annotated[float | None, typer.Option("--delay", min=0, help=say("help_delay"), metavar="SECONDS")]
Evidence = Annotated[str | None, typer.Option("--evidence", help=say("help_evidence"), metavar="DIR|none")]
Browser = Annotated[str | None, typer.Option("--browser", help=say("help_browser"), metavar="auto|off|PATH")]
UserAgent = Annotated[str | None, typer.Option("--user-agent", help=say("help_user_agent"))]


def settings_of(config: Path | None, **given: object) -> "Settings":
    """Return the settings in force for a command. Raises SettingsError."""
    from xuncha.settings import load_settings

    values = {key: (tuple(value) if isinstance(value, list) else value) for key, value in given.items()}
    settings = load_settings(config, {key: value for key, value in values.items() if value is not None and value != ()})
    if settings.lang:
        set_language(settings.lang)  # the file of settings, too, may choose it
    return settings


def gather_settings(settings: "Settings", *, delay: float | None = None) -> "GatherSettings":
    """Return the limits of one site's visit; the delay is that of scans unless given."""
    from crawler.limits import GatherSettings

    return GatherSettings(
        max_pages=settings.max_pages,
        deadline=settings.deadline,
        delay=settings.delay if delay is None else delay,
        max_rendered=settings.max_rendered,
    )


def tell(sentence: str) -> None:
    """Print a sentence for the user beside the output of a command: what is read by a program stays clean."""
    print(sentence, file=sys.stderr)


def mappings_of(settings: "Settings") -> "list[NameMapping]":
    """Read the `--resolve` mappings. Raises UsageFault with the sentence for the wrong one."""
    from crawler.net.resolver import parse_mapping

    try:
        return [parse_mapping(text) for text in settings.resolve]
    except ValueError as error:
        raise UsageFault(str(error)) from error


def moment_of(text: str | None) -> datetime:
    """Return the as-of time: the given day or instant (China time where no zone is given), or now. Raises UsageFault."""
    from crawler.china_time import CHINA

    if text is None:
        return datetime.now(CHINA).replace(microsecond=0)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageFault(say("bad_as_of", text=text)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
