"""Days in other notations and at other places of an entry."""

import re
from collections.abc import Callable

from tests.facts.disguises.tree import Disguise, Element, Node, rearranges

_DAY = re.compile(r"(?<![\d/.\-])((?:19|20)\d\d)(?:([-/.])(\d{1,2})\2(\d{1,2})(?![\d/.\-]|年)|年(\d{1,2})月(\d{1,2})日)")
_ALONE = re.compile(rf"[\s\[【(（|]*{_DAY.pattern}[\s\d:]*[\s\]】)）|]*")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_ROWS = ("li", "tr", "dd", "p", "div")
_MOST_CHILDREN = 8

Notation = Callable[[int, int, int], str]


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    year, _, month, day, other_month, other_day = match.groups()
    return int(year), int(month or other_month), int(day or other_day)


def _in_notation(write: Notation, doc: str) -> Disguise:
    @rearranges
    def disguise(body: Element) -> None:
        for element in body.walk():
            element.children = [
                _DAY.sub(lambda match: write(*_parts(match)), child) if isinstance(child, str) else child for child in element.children
            ]

    disguise.__doc__ = doc
    return disguise


with_slashes = _in_notation(lambda y, m, d: f"{y}/{m}/{d}", "Stand for the notation of servers whose region is China.")
with_dots = _in_notation(lambda y, m, d: f"{y}.{m:02}.{d:02}", "Stand for days with dots.")
with_hyphens = _in_notation(lambda y, m, d: f"{y}-{m}-{d}", "Stand for days whose numbers are not filled up.")
in_chinese = _in_notation(lambda y, m, d: f"{y}年{m}月{d}日", "Stand for days written out.")
in_chinese_filled_up = _in_notation(lambda y, m, d: f"{y}年{m:02}月{d:02}日", "Stand for days written out with two digits each.")
in_full_width = _in_notation(lambda y, m, d: f"{y}-{m:02}-{d:02}".translate(_WIDE), "Stand for days in full-width digits.")
with_spaces = _in_notation(lambda y, m, d: f"{y} 年 {m} 月 {d} 日", "Stand for days written out with spaces between.")
with_wide_hyphens = _in_notation(lambda y, m, d: f"{y}－{m:02}－{d:02}", "Stand for days with full-width hyphens.")


def _for_lone_days(put: Callable[[str, tuple[int, int, int]], list[Node]], doc: str) -> Disguise:
    """Return the disguise that puts something in place of every text that is a day and nothing else."""

    @rearranges
    def disguise(body: Element) -> None:
        for element in list(body.walk()):
            children: list[Node] = []
            for child in element.children:
                match = _ALONE.fullmatch(child) if isinstance(child, str) else None
                found = _DAY.search(child) if match and isinstance(child, str) else None
                children += put(str(child), _parts(found)) if found else [child]
            element.children = children

    disguise.__doc__ = doc
    return disguise


with_time = _for_lone_days(
    lambda text, day: [text if ":" in text or "：" in text else f"{text.strip()} 10:23:45"], "Stand for days with the time of the day."
)
in_square_brackets = _for_lone_days(lambda text, day: ["[{}-{:02}-{:02}]".format(*day)], "Stand for days in square brackets.")
in_round_brackets = _for_lone_days(lambda text, day: ["（{}-{:02}-{:02}）".format(*day)], "Stand for days in round brackets.")
in_time_elements = _for_lone_days(
    lambda text, day: [Element("time", {"datetime": "{}-{:02}-{:02}".format(*day)}, [text])], "Stand for days in `time`."
)
in_emphasis = _for_lone_days(lambda text, day: [Element("em", {}, [Element("i", {}, [text])])], "Stand for days in `em`.")
with_label = _for_lone_days(
    lambda text, day: ["发布时间：{}-{:02}-{:02}".format(*day)], "Stand for lists that print 发布时间 before every day."
)
in_pieces = _for_lone_days(
    lambda text, day: [
        node for number, part in enumerate(day) for node in (*(["-"] if number else []), Element("span", {}, [f"{part:02}"]))
    ],
    "Stand for days whose numbers are each in an element.",
)


def _in_items(put: Callable[[tuple[int, int, int]], list[Node]], doc: str) -> Disguise:
    @rearranges
    def disguise(body: Element) -> None:
        for row in body.all("li"):
            if row.all("a"):
                for element in row.walk():
                    if element.name not in ("li", "a") and not element.elements and _ALONE.fullmatch(element.text):
                        match = _DAY.search(element.text)
                        element.children = put(_parts(match)) if match else element.children

    disguise.__doc__ = doc
    return disguise


day_over_month = _in_items(
    lambda day: [Element("b", {}, [f"{day[2]:02}"]), Element("em", {}, [f"{day[0]}-{day[1]:02}"])],
    "Stand for cards with a big day over year and month.",
)
month_over_year = _in_items(
    lambda day: [Element("b", {}, [f"{day[1]:02}-{day[2]:02}"]), Element("br"), Element("i", {}, [f"{day[0]}"])],
    "Stand for cards with month and day over the year.",
)
day_over_month_in_boxes = _in_items(
    lambda day: [Element("p", {}, [f"{day[2]:02}"]), Element("p", {}, [f"{day[0]}.{day[1]:02}"])],
    "Stand for cards with a big day over year and month, each in a paragraph.",
)


def _lone_day(node: Node) -> bool:
    return (isinstance(node, str) and bool(_ALONE.fullmatch(node))) or (
        isinstance(node, Element) and not node.all("a") and node.name != "a" and bool(_ALONE.fullmatch(node.text))
    )


def _dated_rows(body: Element) -> list[tuple[Element, Node, Element]]:
    """Return the entries that hold one link and one day that stands by itself, with both."""
    found = []
    for row in body.all(*_ROWS):
        if len(row.children) <= _MOST_CHILDREN and len(links := [child for child in row.elements if child.name == "a"]) == 1:
            days = [child for child in row.children if _lone_day(child)]
            if len(days) == 1:
                found.append((row, days[0], links[0]))
    return found


@rearranges
def before_links(body: Element) -> None:
    """Stand for lists with the day in front of the title."""
    for row, day, _ in _dated_rows(body):
        row.children = [day, *(child for child in row.children if child is not day)]


@rearranges
def behind_links(body: Element) -> None:
    """Stand for lists with the day behind the title."""
    for row, day, _ in _dated_rows(body):
        row.children = [*(child for child in row.children if child is not day), day]


@rearranges
def inside_links(body: Element) -> None:
    """Stand for lists whose link holds the day too."""
    for row, day, link in _dated_rows(body):
        row.children = [child for child in row.children if child is not day]
        link.children = [*link.children, day]


@rearranges
def inside_links_in_front(body: Element) -> None:
    """Stand for lists whose link begins with the day."""
    for row, day, link in _dated_rows(body):
        row.children = [child for child in row.children if child is not day]
        link.children = [day, *link.children]


@rearranges
def as_text_behind_links(body: Element) -> None:
    """Stand for lists with the day as plain text behind the link, in brackets."""
    for row, day, link in _dated_rows(body):
        text = day if isinstance(day, str) else day.text if isinstance(day, Element) else ""
        children = [child for child in row.children if child is not day]
        place = children.index(link) + 1
        row.children = [*children[:place], f"（{text.strip(' []()（）【】')}）", *children[place:]]


@rearranges
def in_a_line_below(body: Element) -> None:
    """Stand for entries with the title in a line, and the day in a line below it."""
    for row, day, _ in _dated_rows(body):
        if row.name != "p" and row.name != "tr":
            others = [child for child in row.children if child is not day]
            row.children = [Element("div", {}, others), Element("div", {}, ["日期：", day])]
