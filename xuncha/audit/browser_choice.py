"""Which browser renders pages, by what is set and what is there."""

import importlib.util
import shutil
from enum import StrEnum
from typing import NamedTuple

from xuncha.errors import UsageFault
from xuncha.messages import say
from xuncha.settings import Settings

AUTO, OFF = "auto", "off"
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Lack(StrEnum):
    """Why there is no browser."""

    OFF = "off"
    PROGRAM = "program"
    PLAYWRIGHT = "playwright"


class Choice(NamedTuple):
    """The program, or why there is none."""

    program: str | None
    lack: Lack | None = None


def choose_browser(settings: Settings) -> Choice:
    """Return the browser that is set or found. Raises UsageFault for a program that is named and not there."""
    if settings.browser == OFF:
        return Choice(None, Lack.OFF)
    if settings.browser == AUTO:
        program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    else:
        program = shutil.which(settings.browser)
        if program is None:
            raise UsageFault(say("bad_browser", program=settings.browser))
    if program is None:
        return Choice(None, Lack.PROGRAM)
    if importlib.util.find_spec("playwright") is None:
        return Choice(None, Lack.PLAYWRIGHT)
    return Choice(program)
