"""Messages for people, in Chinese and English, from `messages.toml`."""

import os
from collections.abc import Sequence
from pathlib import Path

from rules.wording import Wording


def language_of(arguments: Sequence[str], environment: dict[str, str] | None = None) -> str:
    """Return `zh` or `en`: what `--lang` says, else XUNCHA_LANG, else the locale; English where none of them tells."""
    variables = dict(os.environ) if environment is None else environment
    given = [arguments[index + 1] for index, word in enumerate(arguments[:-1]) if word == "--lang"]
    given += [word.partition("=")[2] for word in arguments if word.startswith("--lang=")]
    locale = next((variables[name] for name in ("XUNCHA_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if variables.get(name)), "")
    return "zh" if (given[-1] if given else locale).lower().startswith("zh") else "en"


say = Wording(Path(__file__).with_name("messages.toml"))
"""The messages in the language of this run; `set_language` changes it once, before the commands are defined."""


def what_it_takes(kind: type, least: float | None, most: float | None) -> str:
    """Return a sentence about the numbers of a kind that an option or a setting takes."""
    number = say(f"takes_{kind.__name__}")
    if most is not None:
        return say("takes_between", kind=number, least=least, most=most)
    return say("takes_least", kind=number, least=least) if least is not None else say("takes", kind=number)


def set_language(language: str) -> None:
    """Choose the language of all messages of this process."""
    Wording.language = language
