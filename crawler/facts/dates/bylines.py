"""Dates without a label beside the title of an article: in its byline, or printed in pieces."""

import re
from collections.abc import Sequence
from itertools import pairwise

from crawler.facts.dates.listed import ListedDate, read_listed_dates
from crawler.facts.dates.printed import PrintedDate, find_dates
from crawler.facts.records import DateCandidate, DateSource
from crawler.facts.tree.document import Document
from crawler.facts.tree.text import half_width

NOT_PUBLICATION = re.compile(
    r"截止|截至|有效|成文|印发|签发|实施|施行|生效|废止|失效|到期|期限|开始|结束|起止|报名|开标|会议|活动|访谈|直播|考试|成立|核准|注册|出生|[发领]证|核发|开工|竣工"
)
_COLON = re.compile(r"\d\s?[:：∶]\s?\d")
_CLOCK = re.compile(r"今天|今日|现在是|当前时间|星期[一二三四五六日]|农历")
_BYLINE = re.compile(r"来源|浏览|点击|阅读|字号|字体|作者|编辑|发布|访问|次数|分享|打印")
_SIGNATORY = re.compile(r"(?:政府|局|委员会|办公室|厅|中心|办|院|部)$")
"""Above the date of a sign-off stands who signs."""
_OFFICE_AFTER = re.compile(r"[\s|\[【(（]*[\u4e00-\u9fff]{2,20}(?:政府|局|委员会|办公室|厅|中心|办|院|部|网|台|报)[\s|\]】)）]*")
"""After the date of a byline stands who publishes; a sign-off has them the other way round."""
_YEAR = re.compile(r"\d{4}|年")
_BARE = re.compile(r"^[\s\[\]（）()【】|:：,，\-—]*$")
_LINES_BELOW_TITLE = 15
_LINES_ABOVE_TITLE = 4
_PIECES_BELOW_TITLE = 8
_PIECES_ABOVE_TITLE = 3
_LONGEST_BYLINE = 160
_LINES_OF_A_BYLINE = 2
_APART = re.compile(r"[\s|/·•]")
_MOST_WORDS, _LONGEST_WORD = 4, 12
_LONGEST_SIGNATURE = 40


def read_under_title(document: Document) -> list[DateCandidate]:
    """Read dates without a label: alone on a line, or among 来源, 浏览 and the like, between the title and the first sentence."""
    lines = document.text.split("\n")
    starts = title_lines(document, lines)
    if not starts:
        timed = (candidate for line in lines if _COLON.search(line) and (candidate := _byline(line)) and candidate.time)
        standing = [candidate for candidate in timed if document.day.has_come(candidate.date)]
        return standing if len(standing) == 1 else []
    # The last of them first: the breadcrumb above prints the title as well. Below, so does an attachment.
    return next((found for start in reversed(starts) if (found := _around_title(lines, start))), [])


def _around_title(lines: Sequence[str], start: int) -> list[DateCandidate]:
    found = []
    for below, (above, line) in enumerate(pairwise(lines[start : start + 1 + _LINES_BELOW_TITLE])):
        if len(line) > _LONGEST_BYLINE or "。" in line:
            break
        is_labelled = above != lines[start] and NOT_PUBLICATION.search(above[-8:])
        if not is_labelled and not _SIGNATORY.search(above) and (candidate := _byline(line, right_below=below < _LINES_OF_A_BYLINE)):
            found.append(candidate)
    above_title = lines[max(0, start - _LINES_ABOVE_TITLE) : start]
    return found or [candidate for line in above_title if _BYLINE.search(line) and (candidate := _byline(line))]


def read_in_pieces(document: Document) -> list[DateCandidate]:
    """Read a date printed in pieces, such as a large day over a small year and month, after a label or beside the title."""
    found = []
    for listed in document.derived(read_listed_dates):
        if listed.date is None or listed.stop - listed.start < 2 or not (listed.label or _beside_title(document, listed)):
            continue
        source = DateSource.LABEL if listed.label else DateSource.TEXT
        printed = " ".join(document.outline.texts[max(0, listed.start - 1) : listed.stop])
        found.append(DateCandidate(date=listed.date, source=source, excerpt=printed[-120:]))
    return found


def _beside_title(document: Document, listed: ListedDate) -> bool:
    """Tell whether a date stands a few pieces of text below the title, with no sentence between them, or directly above it."""
    texts = document.outline.texts
    names = _title_names(document)
    above = next(
        (at for at in range(listed.start - 1, max(-1, listed.start - 1 - _PIECES_BELOW_TITLE), -1) if _heads(texts[at], names)), None
    )
    if above is not None:
        return not any("。" in text for text in texts[above + 1 : listed.start])
    return any(_heads(text, names) for text in texts[listed.stop : listed.stop + _PIECES_ABOVE_TITLE])


def _byline(line: str, *, right_below: bool = False) -> DateCandidate | None:
    """Read a line that is a date alone, or one among the source, the views and the like."""
    if len(line) > _LONGEST_BYLINE or not _YEAR.search(line) or _CLOCK.search(line) or NOT_PUBLICATION.search(line):
        return None
    line = half_width(line)
    printed = next(iter(find_dates(line)), None)
    if printed is None:
        return None
    rest = line[: printed.start] + line[printed.end :]
    # A clock time is printed by the system that published, never by the hand that signed.
    is_signed = (printed.start == 0 and _OFFICE_AFTER.fullmatch(rest)) or (printed.time and len(rest) < _LONGEST_SIGNATURE)
    is_told = _BARE.match(rest) or is_signed or (_BYLINE.search(rest) and len(rest) < 100)
    if not is_told and not (right_below and _is_set_apart(line, printed)):
        return None
    return DateCandidate(date=printed.date, source=DateSource.TEXT, excerpt=line[:120], time=printed.time)


def _is_set_apart(line: str, printed: PrintedDate) -> bool:
    """Tell whether a date in digits stands among few short words with space or bars between them: who published, how often it was read."""
    before, after = line[: printed.start], line[printed.end :]
    words = [word for word in _APART.split(f"{before}|{after}") if word]
    is_apart = (not before or _APART.search(before[-1])) and (not after or _APART.search(after[0]))
    in_digits = "年" not in line[printed.start : printed.end]
    return bool(is_apart and in_digits and len(words) <= _MOST_WORDS and all(len(word) <= _LONGEST_WORD for word in words))


_SHORTEST_TITLE = 5
_MOST_HEADINGS = 100
"""Headings that are never closed hold one another: each is read with all that follows."""


def title_lines(document: Document, lines: Sequence[str]) -> list[int]:
    """Return the lines that are the article's title by the page's own title, its ArticleTitle tag or its first heading."""
    names = _title_names(document)
    beginnings = {name[:8] for name in names}
    return [number for number, line in enumerate(lines) if line[:8] in beginnings and _heads(line, names)]


def _title_names(document: Document) -> list[str]:
    headings = [document.outline.running_text(element) for element in document.outline.with_tags("h1", "h2")[:_MOST_HEADINGS]]
    return [name for name in (document.meta_content("ArticleTitle"), document.title, *headings) if name and len(name) >= _SHORTEST_TITLE]


def _heads(line: str, names: Sequence[str]) -> bool:
    """Tell whether a line is one of the names of the page, or as much of one as was printed."""
    return len(line) >= _SHORTEST_TITLE and any(line == name or (len(line) > 7 and name.startswith(line)) for name in names)
