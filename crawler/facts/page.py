"""One page in, its facts out: every reader over the same document, parsed once."""

from datetime import date

from crawler.facts.additions import read_additions
from crawler.facts.columns.blocks import read_blocks
from crawler.facts.columns.front import may_show_more
from crawler.facts.columns.navigation import read_navigation
from crawler.facts.columns.reading import read_column
from crawler.facts.columns.waiting import fetches_content
from crawler.facts.dates.publication import newest_item_date, newest_possible_date, publication_date, read_publication_dates, shows_a_day
from crawler.facts.frames import read_frames, read_scripts
from crawler.facts.guides.reading import read_guide
from crawler.facts.head import is_head_unread
from crawler.facts.letters.channels import is_channel_in_script, read_interaction
from crawler.facts.letters.reading import read_letters
from crawler.facts.marks.pictures import read_pressed_pictures
from crawler.facts.marks.reading import read_marks
from crawler.facts.page_type import Parts, is_script_dependent, read_page_type
from crawler.facts.records import PageFacts, PageType
from crawler.facts.report import read_reports
from crawler.facts.search.answer import read_search_answer
from crawler.facts.search.form import read_search_form
from crawler.facts.substitutes.challenges import read_challenge
from crawler.facts.substitutes.forwards import read_forward
from crawler.facts.substitutes.notices import read_notice
from crawler.facts.tree.document import Document
from crawler.facts.tree.links import read_links
from crawler.facts.tree.metadata import read_page_tags

_TYPES_WITH_COLUMN = frozenset({PageType.COLUMN, PageType.INTERACTION_LIST, PageType.OTHER})
"""On other pages the main list is somebody else's: related items of an article, results of a search."""

_TEXTS = frozenset({PageType.ARTICLE, PageType.OTHER})
_FRONTS = frozenset({PageType.HOME, PageType.OTHER})
_LISTS_OF_A_FRONT = 3
"""The front page behind an entrance may look like a column."""


def read_page(
    content: bytes,
    *,
    content_type: str | None = None,
    url: str | None = None,
    as_of: date,
    query: str | None = None,
) -> PageFacts:
    """Read all facts of one page; never raises, whatever the bytes are.

    `content` is the body after content decoding, `content_type` the header as received, `url` the address it was finally read from,
    `as_of` the day of judgement (China time), `query` what was searched for where the page answers a search.
    """
    return read_document(Document.parse(content, content_type, url, as_of=as_of), query)


def read_document(document: Document, query: str | None = None) -> PageFacts:
    """Read all facts of a document that is parsed already."""
    challenge = read_challenge(document)
    notice = None if challenge else read_notice(document)
    forward = None if challenge else read_forward(document)
    column = read_column(document)
    blocks = read_blocks(document)
    dates = read_publication_dates(document)
    parts = Parts(
        challenge=challenge,
        notice=notice,
        forward=forward,
        column=column,
        blocks=blocks,
        letters=read_letters(document),
        guide=read_guide(document),
        search_answer=read_search_answer(document, query),
        dates=dates,
    )
    page_type, interaction = read_page_type(document, parts), read_interaction(document)
    newest_possible = newest_possible_date(document, blocks, column)
    is_front = page_type in _FRONTS or len(blocks) >= _LISTS_OF_A_FRONT
    return PageFacts(
        url=document.url,
        encoding=document.encoding,
        page_type=page_type,
        title=document.title,
        meta=read_page_tags(document),
        marks=read_marks(document),
        search_form=read_search_form(document),
        search_answer=parts.search_answer,
        navigation=read_navigation(document),
        interaction=interaction,
        interaction_in_script=not interaction and is_channel_in_script(document),
        blocks=blocks,
        column=column if page_type in _TYPES_WITH_COLUMN else None,
        letters=parts.letters,
        guide=parts.guide,
        reports=read_reports(document),
        notice=notice,
        forward=forward,
        challenge=challenge,
        newest_date=newest_item_date(document, blocks, column),
        newest_possible_date=newest_possible,
        publish_date=publication_date(dates),
        undated=page_type in _TEXTS and not dates and not shows_a_day(document) and not fetches_content(document),
        dates=dates,
        links=read_links(document),
        text_length=len(document.text),
        filled_later=page_type in _FRONTS and may_show_more(document, newest_possible),
        script_dependent=is_script_dependent(document),
        head_by_script=is_head_unread(document),
        frames=read_frames(document),
        pressed_pictures=read_pressed_pictures(document) if page_type in _FRONTS else (),
        scripts=read_scripts(document) if is_front else (),
        additions=read_additions(document) if is_front or not document.text else "",
        limited=document.limited,
        holds_from=document.day.first,
        holds_until=document.day.last,
    )
