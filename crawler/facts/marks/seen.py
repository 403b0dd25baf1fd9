"""Where marks are looked for: the visible text, the tags with their attributes, and the scripts, each searched once."""

import re
from functools import cached_property

from crawler.facts.marks.pictures import foot_pictures
from crawler.facts.marks.written import without_comments, written_text
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Mark, Place, Presence
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.signs import Searched, Sign
from crawler.facts.tree.text import excerpt, half_width

FOOT_CHARACTERS = 2_500
"""How long the last part of a page's text is in which the words of its foot stand."""
_EXCERPT_LENGTH = 120


class Sight:
    """The three views of a page in which marks show up. Comments, of the markup and of the scripts, are in none of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.markup = document.markup
        self._signs: dict[Sign, re.Match[str] | None] = {}

    @cached_property
    def text(self) -> str:
        """The visible text, half-width."""
        return half_width(self.document.text)

    @cached_property
    def scripts(self) -> str:
        """The inline scripts without their comments, percent and backslash escapes of written markup undone."""
        if not self.document.scripts:
            return ""
        return "\n".join(without_comments(script) for script in self.document.scripts)

    @cached_property
    def written_text(self) -> str:
        """What the scripts would write, as text without tags, half-width."""
        return written_text(self.scripts)

    def in_text(self, pattern: re.Pattern[str] | Phrase) -> Mark | None:
        """Look for a pattern in the visible text, then in the text that scripts write."""
        if match := pattern.search(self.text):
            return mark_of(match, Place.TEXT)
        if match := pattern.search(self.written_text):
            return mark_of(match, Place.SCRIPT)
        return None

    def in_foot(self, phrase: Phrase) -> Mark | None:
        """Look for a phrase in the last part of the visible text, then in the text that scripts write."""
        if match := phrase.search(self.text, max(0, len(self.text) - FOOT_CHARACTERS)):
            return mark_of(match, Place.TEXT)
        if match := phrase.search(self.written_text):
            return mark_of(match, Place.SCRIPT)
        return None

    def in_markup(self, sign: Sign, place: Place = Place.LINK) -> Mark | None:
        """Look for a sign in the tags and their attributes, then in the scripts."""
        if match := self.of_markup(sign):
            return mark_of(match, place)
        if match := self.of_scripts(sign):
            return mark_of(match, Place.SCRIPT)
        return None

    def in_picture_names(self, pattern: re.Pattern[str]) -> Mark | None:
        """Look for a pattern in the names that the pictures of the foot bear."""
        match = pattern.search(self._picture_names)
        return mark_of(match, Place.ATTRIBUTE) if match else None

    @cached_property
    def _picture_names(self) -> str:
        outline = self.document.outline
        return half_width(
            "\n".join(outline.attribute(picture, name) for picture in self.document.derived(foot_pictures) for name in ("alt", "title"))
        )

    def of_scripts(self, sign: Sign) -> re.Match[str] | None:
        """Return the first match of a sign in the scripts."""
        return self._scripts.first(sign)

    def of_markup(self, sign: Sign) -> re.Match[str] | None:
        """Return the first match of a sign in the tags and their attributes; looked for once, since several marks ask for the same sign."""
        if sign not in self._signs:
            self._signs[sign] = self.document.searched.first(sign)
        return self._signs[sign]

    @cached_property
    def _scripts(self) -> Searched:
        return Searched(self.scripts)


def mark_of(match: re.Match[str], place: Place) -> Mark:
    """Return the mark for a match: its value is its last named group, else the whole match, as printed."""
    found = (match.group(match.lastgroup) if match.lastgroup else None) or match.group()
    return Mark(
        state=Presence.SCRIPT_ONLY if place is Place.SCRIPT else Presence.PRESENT,
        value=found.strip(),
        place=place,
        excerpt=mask_personal_data(excerpt(match.string, *match.span(), _EXCERPT_LENGTH)),
    )
