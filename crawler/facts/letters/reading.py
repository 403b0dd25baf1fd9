"""Letters to the body: lists and single letters, with what the page itself says of each (standards.md 2.6, 3.2)."""

import re

from crawler.facts.columns.emptiness import Emptiness, read_emptiness
from crawler.facts.columns.reading import read_column
from crawler.facts.letters.boxes import read_letter_boxes
from crawler.facts.letters.cards import read_answered_questions, read_letter_cards
from crawler.facts.letters.records import read_letter_records
from crawler.facts.letters.tables import MOST_LETTERS, first_date, read_letter_table
from crawler.facts.letters.words import LONGEST_STATUS, PASSED_ON, is_exempt, is_letter_column, state_of, without_writer
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Item, Letter, Letters, LetterState
from crawler.facts.tree.document import Document
from crawler.facts.tree.text import EXCERPT_LENGTH

_ANSWERED = re.compile(r"(?:回复|答复|办结|反馈|处理)(?:时间|日期)\s*[:：]?\s*")
_REPLY = re.compile(r"[【\[（(](?:官方|单位|部门|管理员)?[回答]复(?:内容)?[】\]）)]\s*[:：]?\s*(?=[\u4e00-\u9fff]\S{5})")
_LONGEST_DATE = 20
_POSSIBLE = re.compile(r"信箱|来信|信件|写信|留言|咨询|投诉|问政|诉求|回复|答复|办结|状态|受理|建言|意见建议")


def read_letters(document: Document) -> Letters | None:
    """Return the letters a page shows, None where it shows none and is no list of letters.

    A letter is UNANSWERED only where the page says so in words (未回复, 办理中); a page that is silent leaves it UNKNOWN, and so does a
    column that the clause leaves out (在线访谈, 调查征集, 网上信访, 纪检举报). A detail page is one letter; a form to write one is none.
    `empty`: the page shows a list of letters and says that nothing is in it; `script_filled`: a script fills it.
    """
    if not _POSSIBLE.search(document.text):
        return None
    table = read_letter_table(document)
    letters = _printed_letters(document) if table is None else table
    if letters:
        return Letters(letters=tuple(map(_not_accused, letters)) if is_exempt(document) else letters)
    if table is not None:
        return _without_rows(document)
    return _listed_without_state(document) if is_letter_column(document) else None


def _printed_letters(document: Document) -> tuple[Letter, ...]:
    """Read a list of cards, else labelled letters, whose detail pages print a single state or its steps, else a table made of boxes."""
    cards = read_letter_cards(document)
    listed = len(cards) > 1 and not _are_steps(document, cards)
    letters = cards if listed else _labelled_letters(document, cards) or read_letter_boxes(document)
    half = len(letters) // 2
    # Some pages print all they have a second time, for small screens.
    return letters[:half] if letters[:half] == letters[half:] else letters


def _are_steps(document: Document, cards: tuple[Letter, ...]) -> bool:
    """Tell whether cards that lead nowhere are the steps of one labelled letter: 待受理, 办理中, 已办结."""
    if any(card.url for card in cards):
        return False
    records = read_letter_records(document)
    return len(records) == 1 and records[0].asked is not None


def _labelled_letters(document: Document, cards: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """Read labelled letters; where no state is printed, and no label names a day, questions and answers by the days beside them."""
    records = read_letter_records(document)
    if cards or any(letter.asked for letter in records):
        return records or cards
    questions = read_answered_questions(document)
    return questions if len(questions) >= len(records) else records


def _not_accused(letter: Letter) -> Letter:
    """Take back the claim that a letter waits for an answer, where the clause does not ask for one."""
    if letter.state is not LetterState.UNANSWERED:
        return letter
    return Letter(title=letter.title, url=letter.url, asked=letter.asked, state=LetterState.UNKNOWN, excerpt=letter.excerpt)


def _without_rows(document: Document) -> Letters:
    emptiness = read_emptiness(document).state
    return Letters(empty=emptiness is Emptiness.EMPTY, script_filled=emptiness is not Emptiness.EMPTY)


def _listed_without_state(document: Document) -> Letters | None:
    """Read a column of letters that prints no states: its entries are letters of which nothing more is known."""
    column = read_column(document)
    if column is None:
        return None
    letters = tuple(_entry(document, item) for item in column.items[:MOST_LETTERS])
    if not letters and not column.empty and not (column.script_filled and document.tree.css_first("textarea") is None):
        return None
    return Letters(letters=letters, empty=column.empty, script_filled=column.script_filled)


def _entry(document: Document, item: Item) -> Letter:
    """Return an entry of a column of letters: answered where it prints the day of an answer, or its words after 【回复】."""
    label = _ANSWERED.search(item.text)
    answered = first_date(document, item.text[label.end() :][:_LONGEST_DATE]) if label else None
    reply = _REPLY.search(item.text)
    told = (
        reply is not None and not PASSED_ON.search(item.text, reply.end()) and state_of(item.text[reply.end() :][:LONGEST_STATUS]) is None
    )
    text = without_writer(item.text or item.title)
    return Letter(
        title=mask_personal_data(without_writer(item.title) or text)[:EXCERPT_LENGTH],
        url=item.url,
        asked=item.date if item.date != answered else None,
        answered=answered,
        state=LetterState.ANSWERED if answered or told else LetterState.UNKNOWN,
        excerpt=mask_personal_data(text)[:EXCERPT_LENGTH],
    )
