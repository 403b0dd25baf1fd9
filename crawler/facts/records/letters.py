"""Letters to the body and what became of them."""

import datetime as dt
from enum import StrEnum

from crawler.facts.records.base import Record


class LetterState(StrEnum):
    """What the page says of a letter."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    REFUSED = "refused"
    """拒绝受理, 不予受理, 无效: an answer in the sense of the clause."""
    UNKNOWN = "unknown"


class Letter(Record, frozen=True, kw_only=True):
    """One message to the body: subject, dates, state; text masked. Names of writers are not kept."""

    title: str
    url: str | None = None
    asked: dt.date | None = None
    answered: dt.date | None = None
    state: LetterState = LetterState.UNKNOWN
    hinted: bool = False
    """Its own page hints at an answer that it does not print: in a picture, by telephone, kept private."""
    excerpt: str = ""


class Letters(Record, frozen=True, kw_only=True):
    """The letters a page shows, a list or a single one."""

    letters: tuple[Letter, ...] = ()
    script_filled: bool = False
    empty: bool = False

    def count(self, state: LetterState) -> int:
        """Count the letters in a state."""
        return sum(letter.state is state for letter in self.letters)

    @property
    def answered(self) -> int:
        """Count the letters that have an answer, refusals included."""
        return self.count(LetterState.ANSWERED) + self.count(LetterState.REFUSED)

    @property
    def unanswered(self) -> int:
        """Count the letters the page itself shows as not answered."""
        return self.count(LetterState.UNANSWERED)

    @property
    def oldest_unanswered(self) -> dt.date | None:
        """Return the date of the oldest letter without an answer."""
        waiting = (letter.asked for letter in self.letters if letter.state is LetterState.UNANSWERED and letter.asked)
        return min(waiting, default=None)
