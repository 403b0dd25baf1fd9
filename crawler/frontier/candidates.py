"""Where to go next on a site: what each page that was read leads to, and how much it matters to the rules. Pure."""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import islice

from crawler.facts.records import Column, ColumnClass, Letters, LetterState, Link, PageFacts, PageType, Record, ReportKind, SearchState
from crawler.snapshot import PageRole

_ARTICLES_PER_COLUMN = 2
_LETTERS_PER_LIST = 8
_GUIDES_PER_COLUMN = 8
_CHANNELS = 8
_PICTURES = 6
_ENTRY_LINKS = 25
"""A homepage with no list of items and at most so many links only leads to the site's real front pages."""

_ENTRY_TEXT = 600
_SITE_MAP = re.compile(r"(?:网站|站点|本站)(?:地图|导航)|sitemap", re.IGNORECASE)
_GUIDE_WORDS = re.compile(r"指南|办理|申请|申领|登记|许可|审批|核发|备案|年检|换证|补办|须知|流程")
_SERVICE_WORDS = re.compile(r"办事|服务|指南|便民")


class Rank(IntEnum):
    """The order in which pages are fetched."""

    CHANNEL = 0
    NEWS = 1
    NOTICES = 2
    POLICY = 3
    PLANS = 4
    INTERACTION = 5
    SERVICE = 6
    REPORT = 7
    PICTURE = 8
    OTHER = 9
    TOPIC = 10
    GUIDE = 11
    LETTER = 12
    MORE_COLUMNS = 13
    ARTICLE = 14

    @property
    def is_column(self) -> bool:
        """Tell whether pages of this rank are ordinary columns, which share one part of the page budget."""
        return self in (Rank.NEWS, Rank.NOTICES, Rank.POLICY, Rank.PLANS, Rank.OTHER, Rank.TOPIC)


_RANK_OF_CLASS = {
    ColumnClass.NEWS: Rank.NEWS,
    ColumnClass.NOTICES: Rank.NOTICES,
    ColumnClass.POLICY: Rank.POLICY,
    ColumnClass.PLANS: Rank.PLANS,
    ColumnClass.INTERACTION: Rank.INTERACTION,
    ColumnClass.SERVICE: Rank.SERVICE,
    ColumnClass.TOPIC: Rank.TOPIC,
    ColumnClass.OTHER: Rank.OTHER,
}


class Candidate(Record, frozen=True, kw_only=True):
    """A page worth fetching."""

    url: str
    role: PageRole
    rank: Rank
    text: str = ""
    found_on: str = ""
    column_class: ColumnClass = ColumnClass.OTHER


def next_pages(facts: PageFacts, *, url: str, role: PageRole, column_class: ColumnClass = ColumnClass.OTHER) -> Iterator[Candidate]:
    """Name the pages that one page leads to; they may lie on other hosts and may repeat."""
    if role in (PageRole.HOME, PageRole.CHANNEL, PageRole.FRAME):
        yield from _from_front(facts, url, role)
    elif role is PageRole.COLUMN:
        yield from _from_column(facts, url, column_class)
    elif role is PageRole.INTERACTION:
        yield from _interaction(facts.interaction, url)
        yield from _column_blocks(facts.blocks, url)
    elif role is PageRole.PICTURE:
        yield from _interaction(facts.interaction, url)
    if facts.letters and role is not PageRole.ARTICLE:
        yield from _letters(facts.letters, url)
    if role is not PageRole.ARTICLE:
        yield from _reports(facts, url)


def is_entry(facts: PageFacts) -> bool:
    """Tell whether a homepage is only an entry (language choice, picture with a few links) to the site's real front pages."""
    has_items = any(block.items for block in facts.blocks)
    return not has_items and len(facts.links) <= _ENTRY_LINKS and facts.text_length <= _ENTRY_TEXT


def _from_front(facts: PageFacts, url: str, role: PageRole) -> Iterator[Candidate]:
    if role is PageRole.HOME and is_entry(facts):
        for link in facts.links[:_CHANNELS]:
            yield Candidate(url=link.url, role=PageRole.CHANNEL, rank=Rank.CHANNEL, text=link.text, found_on=url)
    for entry in facts.navigation:
        yield _column(entry.url, entry.text, entry.column_class, url)
    yield from _column_blocks(facts.blocks, url)
    yield from _interaction(facts.interaction, url)
    if facts.search_form.state is SearchState.ABSENT and (site_map := next(filter(_is_site_map, facts.links), None)):
        yield Candidate(url=site_map.url, role=PageRole.PICTURE, rank=Rank.PICTURE, text=site_map.text, found_on=url)
    nameless = (link for link in facts.links if not link.text)
    for link in islice(nameless, _PICTURES):
        yield Candidate(url=link.url, role=PageRole.PICTURE, rank=Rank.PICTURE, found_on=url)


def _is_site_map(link: Link) -> bool:
    """Tell whether a link leads to the map of the site: where the homepage has no search, that page may."""
    return _SITE_MAP.fullmatch(link.text) is not None


def _from_column(facts: PageFacts, url: str, column_class: ColumnClass) -> Iterator[Candidate]:
    if column_class is ColumnClass.SERVICE:
        yield from _guides(facts, url)
    elif facts.column is not None:
        yield from _articles(facts.column, url)
    if facts.column is None or not facts.column.items:
        yield from _column_blocks(facts.blocks, url)
    yield from _interaction(facts.interaction, url)


def _column(url: str, text: str, column_class: ColumnClass, found_on: str) -> Candidate:
    role = PageRole.INTERACTION if column_class is ColumnClass.INTERACTION else PageRole.COLUMN
    return Candidate(url=url, role=role, rank=_RANK_OF_CLASS[column_class], text=text, found_on=found_on, column_class=column_class)


def _column_blocks(blocks: Iterable[Column], found_on: str) -> Iterator[Candidate]:
    for block in blocks:
        if block.url:
            yield _column(block.url, block.name or "", block.column_class, found_on)
        if block.column_class is ColumnClass.SERVICE:
            yield from (_guide(item.url, item.title, found_on) for item in block.items[:_GUIDES_PER_COLUMN] if item.url)
        else:
            yield from _articles(block, found_on)


def _articles(column: Column, found_on: str) -> Iterator[Candidate]:
    with_page = [item for item in column.items if item.url]
    for item in with_page[:_ARTICLES_PER_COLUMN]:
        yield Candidate(url=item.url or "", role=PageRole.ARTICLE, rank=Rank.ARTICLE, text=item.title, found_on=found_on)


def _interaction(links: Iterable[Link], found_on: str) -> Iterator[Candidate]:
    for link in links:
        yield _column(link.url, link.text, ColumnClass.INTERACTION, found_on)


def _letters(letters: Letters, found_on: str) -> Iterator[Candidate]:
    """Name a few letters to open: those whose list does not show an answer, for it may be on their own page.

    They are spread over the list: the newest may still wait for an answer, the oldest may be out of the window.
    """
    open_ones = [letter for letter in letters.letters if letter.url and letter.state is not LetterState.ANSWERED]
    step = max(1, len(open_ones) // _LETTERS_PER_LIST)
    for letter in open_ones[::step][:_LETTERS_PER_LIST]:
        yield Candidate(url=letter.url or "", role=PageRole.INTERACTION, rank=Rank.LETTER, text=letter.title, found_on=found_on)


def _guides(facts: PageFacts, found_on: str) -> Iterator[Candidate]:
    if facts.column is not None and facts.column.items:
        yield from (_guide(item.url, item.title, found_on) for item in facts.column.items[:_GUIDES_PER_COLUMN] if item.url)
        return
    named = [link for link in facts.links if _GUIDE_WORDS.search(link.text)]
    for link in named[:_GUIDES_PER_COLUMN]:
        hub = facts.page_type is not PageType.GUIDE and len(link.text) <= 6 and _SERVICE_WORDS.search(link.text)
        yield _column(link.url, link.text, ColumnClass.SERVICE, found_on) if hub else _guide(link.url, link.text, found_on)


def _guide(url: str, title: str, found_on: str) -> Candidate:
    return Candidate(url=url, role=PageRole.GUIDE, rank=Rank.GUIDE, text=title, found_on=found_on)


def _reports(facts: PageFacts, found_on: str) -> Iterator[Candidate]:
    for mention in facts.reports:
        if mention.url and mention.kind is not ReportKind.OPENNESS:
            yield Candidate(url=mention.url, role=PageRole.REPORT, rank=Rank.REPORT, text=mention.title, found_on=found_on)
