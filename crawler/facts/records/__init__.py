"""The records that the fact readers fill in: plain frozen data, no parse tree, safe to store and to send.

Every record says what a page *shows*, never what that means for the site: judging is the business of `rules`.
"""

from crawler.facts.records.base import Record
from crawler.facts.records.letters import Letter, Letters, LetterState
from crawler.facts.records.lists import Column, ColumnClass, DateCandidate, DateSource, Item, NavigationLink
from crawler.facts.records.marks import Mark, Marks, Place, Presence, SearchAnswer, SearchForm, SearchOutcome, SearchState
from crawler.facts.records.page import STAND_INS, PageFacts, PageType
from crawler.facts.records.parts import GUIDE_ELEMENTS, Forward, ForwardKind, Guide, Link, Notice, NoticeKind, ReportKind, ReportMention

__all__ = [
    "GUIDE_ELEMENTS",
    "STAND_INS",
    "Column",
    "ColumnClass",
    "DateCandidate",
    "DateSource",
    "Forward",
    "ForwardKind",
    "Guide",
    "Item",
    "Letter",
    "LetterState",
    "Letters",
    "Link",
    "Mark",
    "Marks",
    "NavigationLink",
    "Notice",
    "NoticeKind",
    "PageFacts",
    "PageType",
    "Place",
    "Presence",
    "Record",
    "ReportKind",
    "ReportMention",
    "SearchAnswer",
    "SearchForm",
    "SearchOutcome",
    "SearchState",
]
