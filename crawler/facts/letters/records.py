"""Letters printed with a label before every part (来信内容：…, 回复内容：…): the detail page of one letter, and lists of such cards."""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import dropwhile
from typing import NamedTuple

from crawler.facts.columns.waiting import fetches_content
from crawler.facts.letters.answers_elsewhere import may_answer_elsewhere
from crawler.facts.letters.tables import MOST_LETTERS, first_date
from crawler.facts.letters.words import LETTER_WORD, PASSED_ON, Label, is_about_letters, label_of, state_of
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Letter, LetterState
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.printed_lines import ATTACHMENT, CELL, EMPTY_CELL, IMAGE, INPUT, SEAM, printed_lines, without_signs
from crawler.facts.tree.text import EXCERPT_LENGTH
from crawler.facts.tree.visibility import TEMPLATE

_POSSIBLE_QUESTION = Phrase(
    r"(?:信件?|留言|咨询|诉求|投诉|提问|问题|建议|帖子)\s?(?:标\s?题|主\s?题|内\s?容|时\s?间|日\s?期|正文)|(?:问|留言|来信|提问|咨询)\s?[:：】]"
)
_POSSIBLE_OUTCOME = Phrase(
    r"(?:回复|答复|处理|办理|反馈)\s?(?:内\s?容|意见|结果|情况|状态|信息|时间|日期)|(?:回复|答复|答)\s?[:：】]|状态\s?[:：]|(?:回复|答复)如下|(?:办结|办理|处理)(?:回复|答复)|^(?:回复|答复|答)$",
    re.MULTILINE,
)
_COLON = re.compile(r"[:：︰∶]")
_SET_OFF = re.compile(r"[:：]$|^【|^[问答]$")
_SETTING_OFF = ":：︰∶【】 "
_SPOKEN = re.compile(r".{2,40}(?:留言|提问|咨询|来信|写道)\s*[:：]|.{0,20}(?:留言|提问|咨询|来信)于\s*20\d\d\D[\d\s:：/年月日.-]{3,18}")
"""网友 于 2018-01-01 留言：, 网友 咨询于 2018-01-01 — the line before a message in a guest book."""
_OFFICE_REPLIES = re.compile(
    r"[\u4e00-\u9fff]{1,20}(?:局|委|办|办公室|厅|院|中心|政府|委员会|街道|镇|乡)(?:的)?(?:回复|答复|回答)(?:如下)?\s*[:：]?"
)
_WRITER = re.compile(r"(?:网友|网民|市民|群众|游客|匿名)\s*[:：]?")
_PIECES = re.compile(rf"[{SEAM}|｜\s]")
_SEVERAL_LABELS = re.compile(r"(?<=[\s;；|\ue004])(?=[\u4e00-\u9fff]{2,6}[:：])")
_END_OF_CONTENT = re.compile(
    r"【?(?:打印|关闭|收藏|返回)(?:本页|窗口|顶部|列表)?】?|上一[篇条封].*|下一[篇条封].*|版权所有.*|主办单位.*|.*ICP备.*|满意度.*|相关信件.*|扫一扫.*|(?:联系|关于)我们.*|网站声明.*|.*网站标识码.*|网站地图"
    r"|(?:总?共|第)\s*\d+\s*[条页封件/].*|页次.*|(?:首页|上一页|下一页|[尾末]页)(?:\s.*)?|(?:浏览|点击|阅读)(?:次数|量|数)?[:：].*|分享(?:到|至)?(?:[:：].*)?"
)
_NO_ANSWER = re.compile(
    r"(?:暂时|目前|暂|尚|还)?(?:无|未|没有|未有|没)(?:人)?(?:作出|得到|进行)?(?:回复|答复|处理|回答|办理)(?:内容|意见|信息|结果)?"
    r"|(?:敬?请)?[您你]?(?:耐心)?(?:等[待候]|待)[\u4e00-\u9fff]{0,6}(?:回复|答复|处理|办理)(?:中)?"
)
_NOTHING = re.compile(r"(?:无|暂无|空|略|null|undefined|[\W_]*)", re.IGNORECASE)
_OF_THE_NEXT = re.compile(r"(?:网友|网民|市民|群众|游客)\S{0,4}|[\W\d_年月日时分秒]+")
"""What stands under the label of an answer that is empty: the day or the writer of the next letter."""
_TELLS = re.compile(rf"。|[您你]好|[{IMAGE}{ATTACHMENT}]")
_OF_THE_QUESTION = frozenset({Label.TITLE, Label.CONTENT, Label.ASKED})
_FEWEST_LABELS_UNDER_A_HEADING = 2
_LONG_ENOUGH_FOR_AN_ANSWER = 15
_SHORTEST_RHYTHM = 3
_MOST_HEADINGS = 100
_LONGEST_DATE = 12
_KEPT_PRIVATE = re.compile(r"否|不公开|私密|保密|仅")
_ASKS_FOR_PRIVACY = re.compile(r"不(?:希望|愿意?|同意|宜|便)公开|(?:回复|答复)(?:到|至)\S{0,6}(?:邮箱|手机)")
_TOLD = re.compile(r"已(?:经)?(?:电话|当面|口头|短信|书面|上门|直接|向|与|同)\S{0,12}?(?:[答回]复|告知|沟通|解释|回访|说明)")
_WAY_OF_ANSWER = re.compile(r"[答回]复方式")
_NOT_IN_PUBLIC = re.compile(r"短信|电话|邮[件箱]|书面|微信|当面")


class _Field(NamedTuple):
    """A label with the lines under it."""

    label: Label
    name: str
    value: str
    pictured: bool = False
    """It begins with a picture or frame, in which anything may stand."""
    told: bool = False
    """It says somewhere that the writer was told the answer in another way."""


def read_letter_records(document: Document) -> tuple[Letter, ...]:
    """Return the letters whose parts are labelled: question and answer, or question and state. A form to write a letter is none."""
    about_letters = document.derived(is_about_letters)
    question, outcome = _POSSIBLE_QUESTION.occurs(document.text), _POSSIBLE_OUTCOME.occurs(document.text)
    if not (question and outcome) and not (about_letters and (question or outcome)):
        return ()
    records = list(_records(_fields(printed_lines(document))))
    letters = (_letter(document, record, about_letters, alone=len(records) == 1) for record in records)
    return tuple(letter for letter in letters if letter)[:MOST_LETTERS]


def _fields(lines: list[str]) -> Iterator[_Field]:
    """Yield the labels of the page in order, each with what is printed up to the next label.

    Left out are the labels of input fields, and headings of parts (信件内容 over a whole table), which have nothing before the next label.
    """
    pieces = [piece for line in lines for piece in _pieces(line)]
    labelled: list[tuple[int, tuple[Label, str, str]]] = []
    alternating = _alternating(pieces)
    for at, line in enumerate(pieces):
        found = _label_in(line, marked=at in alternating)
        if found is not None and not (labelled and _is_kind_of_letter(line, at, labelled[-1])):
            labelled.append((at, found))
    ends = [*(at for at, _ in labelled[1:]), len(pieces)][: len(labelled)]
    begun = {name.strip(_SETTING_OFF) for _, (label, name, rest) in labelled if label is Label.REPLY and rest}
    for (at, (label, name, rest)), end in zip(labelled, ends, strict=True):
        under = pieces[at + 1 : end]
        if label is Label.REPLY and not rest:
            under = _answer_under(under, others_beside=name.strip(_SETTING_OFF) in begun)
        value = [rest, *under] if rest else under
        if value and INPUT in value[0] and not without_signs(value[0]).strip(" *＊"):
            continue
        printed = (_stated(value[0]) if label is Label.STATUS and value else "") or _printed(value)
        if printed or label in (Label.REPLY, Label.ANSWERED, Label.STATUS, Label.OTHER):
            speaks = label is Label.OTHER and len(printed) >= _LONG_ENOUGH_FOR_AN_ANSWER and _WRITER.fullmatch(name)
            pictured, told = bool(value) and IMAGE in value[0], any(_TOLD.search(without_signs(line)) for line in value)
            yield _Field(Label.CONTENT if speaks else label, name, printed, pictured, told)


def _answer_under(under: list[str], *, others_beside: bool) -> list[str]:
    """Return the answer that stands under its label; where the other answers stand beside theirs, only what tells something is one."""
    told = list(dropwhile(lambda line: IMAGE not in line and _OF_THE_NEXT.fullmatch(without_signs(line)), under))
    return [] if others_beside and not any(map(_TELLS.search, told)) else told


def _is_kind_of_letter(line: str, at: int, before: tuple[int, tuple[Label, str, str]]) -> bool:
    """Tell whether a word such as 咨询 or 建议 in a cell is what the label before it asks for: 信件类型."""
    place, (label, _, rest) = before
    return label is Label.OTHER and place == at - 1 and not rest and label_of(without_signs(line), marked=False) is None


def _pieces(line: str) -> list[str]:
    if len(_COLON.findall(line)) < 2:
        return [line]
    return [piece for piece in _SEVERAL_LABELS.split(line) if piece.strip(SEAM + " ")]


def _alternating(pieces: list[str]) -> set[int]:
    """Return the lines that are short labels without a colon, told from menu entries by their rhythm: label, value, label, value, label.

    Such are the cells of a table that is made of other elements. One of the labels must be one by itself.
    """
    plain = [without_signs(piece) for piece in pieces]
    known = {at for at, text in enumerate(plain) if label_of(text, marked=True) is not None}
    found = set[int]()
    for first in sorted(known):
        if first in found:
            continue
        run = [first]
        while run[-1] + 2 in known and run[-1] + 1 not in known:
            run.append(run[-1] + 2)
        if len(run) >= _SHORTEST_RHYTHM and any(label_of(plain[at], marked=False) is not None for at in run):
            found.update(run)
    return found


def _label_in(line: str, *, marked: bool = False) -> tuple[Label, str, str] | None:
    """Return the label at the beginning of a line, its name, and the rest of the line. `marked`: something around the line sets it off."""
    plain = without_signs(line)
    if _SPOKEN.fullmatch(plain):
        return Label.CONTENT, plain, ""
    if _OFFICE_REPLIES.fullmatch(plain):
        return Label.REPLY, plain, ""
    set_off = marked or line.startswith(CELL) or bool(_SET_OFF.search(plain))
    if (label := label_of(plain, marked=set_off)) is not None and INPUT not in line:
        return label, plain, ""
    for separator in (_COLON, re.compile(r"】"), re.compile(SEAM)):
        found = separator.search(line, 0, 20)
        if found is None:
            continue
        name, rest = without_signs(line[: found.start()]), line[found.end() :].strip(SEAM + " ")
        label = Label.REPLY if _OFFICE_REPLIES.fullmatch(name) else label_of(name, marked=line.startswith(CELL) or found[0] != SEAM)
        if label is not None:
            return label, name, rest.lstrip(":： ")
    return None


def _printed(value: list[str]) -> str:
    lines: list[str] = []
    for line in value:
        plain = without_signs(line) if line != EMPTY_CELL else ""
        if _END_OF_CONTENT.fullmatch(plain):
            break
        if line == EMPTY_CELL and not lines:
            break
        if not lines and _says_no_answer(plain):
            # What follows 暂无回复 is the page's footer or the next part, never the answer.
            return plain
        lines.append(plain)
    return " ".join(filter(None, lines))


def _stated(line: str) -> str:
    """Return the state at the beginning of a line, whatever stands beside it; empty where there is none."""
    first = next(filter(None, map(without_signs, _PIECES.split(line))), "")
    return first if state_of(first) is not None else ""


def _says_no_answer(value: str) -> bool:
    return bool(_NO_ANSWER.fullmatch(value.strip(" 。.!！…")))


def _records(fields: Iterator[_Field]) -> Iterator[list[_Field]]:
    """Split the labels of a page into letters: a question label after an answer, or a second of its kind, begins the next one."""
    record: list[_Field] = []
    kinds: set[Label] = set()
    for field in fields:
        if field.label in (Label.TITLE, Label.CONTENT) and (field.label in kinds or Label.REPLY in kinds):
            yield record
            record, kinds = [], set()
        record.append(field)
        kinds.add(field.label)
    if record:
        yield record


def _letter(document: Document, record: list[_Field], about_letters: bool, *, alone: bool) -> Letter | None:
    values = {field.label: field for field in reversed(record)}
    question = values.get(Label.TITLE) or values.get(Label.CONTENT)
    outcome = [values[label] for label in (Label.REPLY, Label.STATUS, Label.ANSWERED) if label in values]
    title = _title(document, record, values, about_letters)
    if not title or not (outcome or question is None):
        return None
    if not about_letters and not any(LETTER_WORD.search(field.name) for field in record if field.label in _OF_THE_QUESTION):
        return None
    if TEMPLATE.search(" ".join(field.value for field in record)):
        return None
    answered = _date(document, values, Label.ANSWERED)
    reply = values[Label.REPLY].value if Label.REPLY in values else None
    hinted = any(map(_hints_at_answer, record)) or (alone and may_answer_elsewhere(document, reply))
    return Letter(
        title=mask_personal_data(title)[:80],
        url=document.url,
        asked=_date(document, values, Label.ASKED) or (first_date(document, question.name) if question else None),
        answered=answered,
        state=_state(record, answered, hinted=hinted, filled_later=fetches_content(document)),
        hinted=hinted,
        excerpt=mask_personal_data(" ".join([title, *(f"{field.name} {field.value[:60]}" for field in outcome)]))[:EXCERPT_LENGTH],
    )


def _title(document: Document, record: list[_Field], values: dict[Label, _Field], about_letters: bool) -> str:
    """Return the printed title or question; where only the writer and the dates are labelled, the heading; empty for no letter."""
    if Label.TITLE in values or Label.CONTENT in values:
        return _value(values, Label.TITLE) or _value(values, Label.CONTENT)
    asked = [
        field
        for field in record
        if field.label is Label.ASKED and LETTER_WORD.search(field.name) and first_date(document, field.value[:_LONGEST_DATE])
    ]
    if not about_letters or len(asked) != 1 or len(record) < _FEWEST_LABELS_UNDER_A_HEADING:
        return ""
    headings = (document.text_of(node) for node in document.tree.css("h1, h2, h3")[:_MOST_HEADINGS])
    named = document.meta_content("ArticleTitle") or next((heading for heading in headings if len(heading) >= 4), "")
    return named or document.title


def _state(record: list[_Field], answered: dt.date | None, *, hinted: bool, filled_later: bool) -> LetterState:
    """Judge by the answer first: printed text is an answer whatever the state says; then by the state; then by the date of the answer.

    A page that says "being handled" and prints the date of an answer contradicts itself: nothing is claimed.
    """
    replies = [field.value for field in record if field.label is Label.REPLY]
    states = [field.value for field in record if field.label is Label.STATUS]
    stated = [state for value in (*states, *replies) if (state := state_of(value)) is not None and state is not LetterState.UNKNOWN]
    if LetterState.REFUSED in stated:
        return LetterState.REFUSED
    if any(_is_answer(value) for value in replies) or LetterState.ANSWERED in stated:
        return LetterState.ANSWERED
    if any(len(value) >= _LONG_ENOUGH_FOR_AN_ANSWER and not PASSED_ON.search(value) for value in states):
        return LetterState.ANSWERED
    denied = any(_says_no_answer(value) for value in replies)
    if denied and filled_later and LetterState.UNANSWERED not in map(state_of, states):
        # 暂无回复 may stand there until a script has brought the answer.
        return LetterState.UNKNOWN
    if LetterState.UNANSWERED in stated or denied:
        return LetterState.UNKNOWN if answered or hinted else LetterState.UNANSWERED
    return LetterState.ANSWERED if answered else LetterState.UNKNOWN


def _hints_at_answer(field: _Field) -> bool:
    """Tell whether a part of a letter hints at an answer that the page does not print: a picture, a telephone call, one kept private."""
    if field.label is Label.REPLY and field.pictured:
        return True
    if field.label is Label.OTHER and "公开" in field.name:
        return bool(_KEPT_PRIVATE.match(field.value))
    if field.label is Label.OTHER and _WAY_OF_ANSWER.search(field.name) and _NOT_IN_PUBLIC.search(field.value):
        return True
    return field.label is not Label.TITLE and (field.told or _ASKS_FOR_PRIVACY.search(field.value) is not None)


def _is_answer(value: str) -> bool:
    return not _NOTHING.fullmatch(value) and not _says_no_answer(value) and state_of(value) is None


def _value(values: dict[Label, _Field], label: Label) -> str:
    return values[label].value if label in values else ""


def _date(document: Document, values: dict[Label, _Field], label: Label) -> dt.date | None:
    return first_date(document, _value(values, label)[:40])
