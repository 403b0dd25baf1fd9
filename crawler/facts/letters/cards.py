"""Letters listed as cards or list items: a title, dates and a state each, or a question with its answer under it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crawler.facts.letters.tables import MOST_LETTERS, first_date, titled_link
from crawler.facts.letters.words import LONGEST_STATUS, is_about_letters, label_of, state_of, without_state, without_writer
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Letter, LetterState
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.text import EXCERPT_LENGTH
from crawler.facts.tree.visibility import TEMPLATE, is_hidden

_LONGEST_TEXT_WITH_STATUS = 60
_MOST_TEXTS_OF_A_CARD = 40
_POSSIBLE_STATE = Phrase(
    r"[已未无待中][经被]?[回答办处受结解反]|[回答办处受][复理结][完中]|办结|完结|完成|结案|在办|正在[回办处受]|拒绝|不予|无效|退回"
)
_SPEAKS_OF_REPLIES = re.compile(r"回复|答复|回应|解答|受理")
_WORTH_A_LOOK = re.compile(r"已|未|待|中|完|结|拒|不予|无效|暂|在")
_SET_OFF = re.compile(r"[\[【(（<《:：]")
_ITEM_TAGS = frozenset({"li", "ul", "tr", "dl", "div", "a", "article", "p", "dd", "section"})
_PARTS_OF_A_LIST = frozenset({"li", "tr", "dt", "option"})
_TITLE = re.compile(r"[\u4e00-\u9fffA-Za-z].*[\u4e00-\u9fffA-Za-z]", re.DOTALL)
_SHORTEST_QUESTION = 5
_FEWEST_CARDS = 2
_PAINTED = ("img", "i", "em", "span", "b")


def read_letter_cards(document: Document) -> tuple[Letter, ...]:
    """Return the letters of a list in which every entry carries a printed state; empty where there is none.

    Words such as 已办结 stand in lists of permits as well: unless the page says that it is about letters, only states that speak of
    replies count.
    """
    outline = document.outline
    about_letters = document.derived(is_about_letters)
    states = _printed_states(outline, about_letters) if _POSSIBLE_STATE.occurs(document.text) else {}
    if about_letters and len(states) < _FEWEST_CARDS:
        states = max(states, _painted_states(outline), key=len)
    letters = []
    for element, state in states.items():
        card = _card(outline, element, states)
        if card is not None and (letter := _letter(document, outline, card, state)):
            letters.append(letter)
    # A single state beside a link without a date is a filter or a legend as often as a letter.
    return tuple(letters) if len(letters) > 1 else tuple(letter for letter in letters if letter.asked)


def _printed_states(outline: Outline, about_letters: bool) -> dict[int, LetterState]:
    """Return the elements that print a state, with it."""
    found: dict[int, LetterState] = {}
    for position, text in enumerate(outline.texts):
        if len(found) >= MOST_LETTERS:
            break
        if len(text) > (_LONGEST_TEXT_WITH_STATUS if _SET_OFF.search(text) else LONGEST_STATUS + 4) or not _WORTH_A_LOOK.search(text):
            continue
        state = state_of(text)
        if state is None or not (about_letters or _SPEAKS_OF_REPLIES.search(text)):
            continue
        if not is_hidden(outline, outline.holders[position]):
            found[outline.holders[position]] = state
    return found


def _painted_states(outline: Outline) -> dict[int, LetterState]:
    """Return the pictures and other elements without text whose name is a state, with it."""
    found: dict[int, LetterState] = {}
    for element in outline.with_tags(*_PAINTED):
        if any(outline.texts[outline.starts[element] : outline.stops[element]]) or len(found) >= MOST_LETTERS:
            continue
        state = state_of(outline.attribute(element, "alt") or outline.attribute(element, "title"))
        if state is not None and not is_hidden(outline, element):
            found[element] = state
    return found


def _card(outline: Outline, stated: int, states: dict[int, LetterState]) -> int | None:
    """Return the largest element around a state that holds no other state and is one entry of a list."""
    card = None
    for element in outline.ancestors(stated):
        start, stop = outline.starts[element], outline.stops[element]
        if stop - start > _MOST_TEXTS_OF_A_CARD or any(element <= other < outline.ends[element] for other in states if other != stated):
            break
        if outline.tags[element] in _ITEM_TAGS:
            card = element
            if outline.tags[element] in _PARTS_OF_A_LIST and _has_title(outline, element):
                break
    return card


def _has_title(outline: Outline, element: int) -> bool:
    return any(_is_title(text) for text in outline.texts[outline.starts[element] : outline.stops[element]])


def _is_title(text: str) -> bool:
    text = without_state(text)
    return (
        len(text) >= 2
        and bool(_TITLE.search(text))
        and state_of(text) is None
        and label_of(text, marked=text.endswith((":", "："))) is None
    )


def _letter(document: Document, outline: Outline, card: int, state: LetterState) -> Letter | None:
    texts = [text for text in outline.texts[outline.starts[card] : outline.stops[card]] if text]
    title, url = titled_link(document, outline, card)
    title = without_state(title)
    if url is None:
        title = max((text for text in texts if _is_title(text) and not first_date(document, text)), key=len, default="")
    dates = [date for text in texts if (date := first_date(document, text[:_LONGEST_TEXT_WITH_STATUS]))]
    printed = " ".join(texts)
    if not _is_title(title) or not (url or dates) or TEMPLATE.search(printed) or len(title) <= LONGEST_STATUS // 4:
        return None
    answered = max(dates) if len(dates) > 1 and state is LetterState.ANSWERED else None
    return Letter(
        title=mask_personal_data(title)[:EXCERPT_LENGTH],
        url=url,
        asked=min(dates, default=None),
        answered=answered,
        state=state,
        excerpt=mask_personal_data(without_writer(printed))[:EXCERPT_LENGTH],
    )


def read_answered_questions(document: Document) -> tuple[Letter, ...]:
    """Return the entries that print a question and its answer in two blocks, each with a date of its own, without a label."""
    if not document.derived(is_about_letters):
        return ()
    outline = document.outline
    dated = [position for position, text in enumerate(outline.texts) if len(text) <= 24 and first_date(document, text)][: 2 * MOST_LETTERS]
    found: dict[int, Letter] = {}
    for first, second in pairwise(dated):
        pair = _question_and_answer(outline, first, second, dated)
        if pair is None:
            continue
        question, answer = (_longest(outline, block) for block in pair)
        if min(len(question), len(answer)) >= _SHORTEST_QUESTION:
            found[pair[0]] = Letter(
                title=mask_personal_data(question)[:EXCERPT_LENGTH],
                asked=first_date(document, outline.texts[first]),
                answered=first_date(document, outline.texts[second]),
                state=LetterState.ANSWERED,
                excerpt=mask_personal_data(f"{question} {answer}")[:EXCERPT_LENGTH],
            )
    return tuple(found.values())[:MOST_LETTERS]


def _question_and_answer(outline: Outline, first: int, second: int, dated: Sequence[int]) -> tuple[int, int] | None:
    """Return the two blocks of one entry that hold the two dates: unlike each other, as the entries of one list are not."""
    around_second = set(outline.ancestors(outline.holders[second]))
    whole = next((element for element in outline.ancestors(outline.holders[first]) if element in around_second), None)
    if whole is None or sum(outline.starts[whole] <= position < outline.stops[whole] for position in dated) != 2:
        return None
    blocks = [block for block in outline.children(whole) if any(_holds(outline, block, position) for position in (first, second))]
    if len(blocks) != 2:
        return None
    if [outline.tags[block] for block in blocks] == ["dt", "dd"]:
        return blocks[0], blocks[1]
    if any(outline.tags[block] in _PARTS_OF_A_LIST for block in blocks):
        return None
    alike = outline.names(blocks[0]) == outline.names(blocks[1]) and outline.tags[blocks[0]] == outline.tags[blocks[1]]
    return None if alike else (blocks[0], blocks[1])


def _holds(outline: Outline, element: int, position: int) -> bool:
    return outline.starts[element] <= position < outline.stops[element]


def _longest(outline: Outline, block: int) -> str:
    return max(_texts(outline, block), key=len, default="")


def _texts(outline: Outline, block: int) -> Iterator[str]:
    return (text for text in outline.texts[outline.starts[block] : outline.stops[block]] if text)
