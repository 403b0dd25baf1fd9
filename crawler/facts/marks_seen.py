"""Where marks are looked for: the visible text, the tags with their attributes, and the scripts, each searched once."""

import re
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from crawler.facts.document import Document
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Mark, Place, Presence
from crawler.facts.text import excerpt, half_width

_SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?:^|(?<=[\s;{}]))//[^\n]*", re.DOTALL)
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([/\"'])")
_TAG = re.compile(r"<[^<>]*>")


class Sight:
    """The three views of a page in which marks show up. Comments, of the markup and of the scripts, are in none of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.markup = document.markup

    @cached_property
    def text(self) -> str:
        """The visible text, half-width."""
        return half_width(self.document.text)

    @cached_property
    def scripts(self) -> str:
        """The inline scripts without their comments, percent and backslash escapes of written markup undone."""
        if not self.document.scripts:
            return ""
        return "\n".join(_without_escapes(script) for script in self.document.scripts)

    @cached_property
    def written_text(self) -> str:
        """What the scripts would write, as text without tags, half-width."""
        return half_width(_TAG.sub("", self.scripts))

    def in_text(self, pattern: re.Pattern[str]) -> Mark | None:
        """Look for a pattern in the visible text, then in the text that scripts write."""
        if match := pattern.search(self.text):
            return mark_of(match, Place.TEXT)
        if match := pattern.search(self.written_text):
            return mark_of(match, Place.SCRIPT)
        return None

    def in_markup(self, sign: "Sign", place: Place = Place.LINK) -> Mark | None:
        """Look for a sign in the tags and their attributes, then in the scripts."""
        if sign.may_be_in(self.lower_markup) and (match := sign.pattern.search(self.markup)):
            return mark_of(match, place)
        if sign.may_be_in(self.lower_scripts) and (match := sign.pattern.search(self.scripts)):
            return mark_of(match, Place.SCRIPT)
        return None

    @cached_property
    def lower_markup(self) -> str:
        """The markup in lower case, for looking up needles."""
        return self.markup.lower()

    @cached_property
    def lower_scripts(self) -> str:
        """The scripts in lower case, for looking up needles."""
        return self.scripts.lower()


class Sign(NamedTuple):
    """A pattern, and the words one of which any match contains, in lower case: looking for a word is fifty times faster."""

    pattern: re.Pattern[str]
    needles: tuple[str, ...]

    def may_be_in(self, lower_text: str) -> bool:
        """Tell whether the pattern can match at all."""
        return any(needle in lower_text for needle in self.needles)


def mark_of(match: re.Match[str], place: Place, value: str | None = None) -> Mark:
    """Return the mark for a match: its value is the group `value`, else the whole match, as printed."""
    found = match.groupdict().get("value") or match.group()
    return Mark(
        state=Presence.SCRIPT_ONLY if place is Place.SCRIPT else Presence.PRESENT,
        value=(value or found).strip(),
        place=place,
        excerpt=mask_personal_data(excerpt(match.string, *match.span())),
    )


def _without_escapes(script: str) -> str:
    script = _HTML_COMMENT.sub("", _SCRIPT_COMMENT.sub("", script))
    if "%3" in script:
        script = unquote(script, errors="replace")
    return _ESCAPE.sub(_unescape, script) if "\\" in script else script


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    return chr(int(code, 16)) if code else match.group(3)
