"""What the pages of a demo site say: columns with their entries, letters, service guides, reports."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from crawler.facts.records import ColumnClass


class Filling(StrEnum):
    """How the list of a column comes into its page."""

    LIST = "list"
    SCRIPT = "script"
    """A script of the page asks the server for the entries."""
    RECORDS = "records"
    """The entries lie in the page as records that a script unpacks."""
    PLACEHOLDER = "placeholder"
    """Nothing but a sentence: there is no entry."""
    BARE = "bare"
    """The head of a list and a count of nought."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a column. An honest entry shows the day it appeared wherever a date can stand."""

    number: int
    title: str
    appeared: date
    paragraphs: tuple[str, ...]
    printed: date
    address_date: date
    """The day that stands in the address of its page."""
    tag_date: date
    """The day in the PubDate tag of its page."""
    reprinted: date | None = None
    """The day printed after the site was touched up between the two states of the world."""
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A column of the site."""

    slug: str
    name: str
    group: str
    column_class: ColumnClass
    entries: tuple[Entry, ...] = ()
    filling: Filling = Filling.LIST
    on_homepage: bool = True


@dataclass(frozen=True, slots=True)
class Letter:
    """A citizen's question and, perhaps, its answer."""

    number: int
    title: str
    question: str
    asked: date
    answer: str = ""
    answered: date | None = None
    refused: bool = False

    @property
    def state(self) -> str:
        """Return the state as the site prints it."""
        if self.refused:
            return "不予受理"
        return "已答复" if self.answered else "办理中"


@dataclass(frozen=True, slots=True)
class Guide:
    """A service guide: the headings it shows with their contents, in order."""

    number: int
    title: str
    elements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A yearly report linked from the homepage."""

    title: str
    published: date
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """All that a site says on a day."""

    sections: tuple[Section, ...]
    letters: tuple[Letter, ...] = ()
    guides: tuple[Guide, ...] = ()
    reports: tuple[Report, ...] = ()
    announcement: str = ""
    """A banner above the page."""
    channels: tuple[tuple[str, str], ...] = ()
    """Links of the interaction area that lead to other hosts: label and address."""

    def with_sections(self, change: dict[str, Section]) -> "Content":
        """Return the content with some columns exchanged, by their slugs."""
        return replace(self, sections=tuple(change.get(section.slug, section) for section in self.sections))

    def on(self, day: date, *, touched_up: bool) -> "Content":
        """Return what was to be seen on the morning of a day: what appeared before it."""
        return replace(
            self,
            sections=tuple(_section_on(section, day, touched_up) for section in self.sections),
            letters=tuple(_letter_on(letter, day) for letter in self.letters if letter.asked < day),
            reports=tuple(report for report in self.reports if report.published < day),
        )


def _section_on(section: Section, day: date, touched_up: bool) -> Section:
    seen = [entry for entry in section.entries if entry.appeared < day]
    if touched_up:
        seen = [replace(entry, printed=entry.reprinted or entry.printed) for entry in seen]
    return replace(section, entries=tuple(sorted(seen, key=lambda entry: (not entry.pinned, -entry.printed.toordinal(), -entry.number))))


def _letter_on(letter: Letter, day: date) -> Letter:
    if letter.answered and letter.answered >= day:
        return replace(letter, answered=None, answer="")
    return letter
