"""Days that pages count back from the day of the visit: 今天, 昨天 10:20, 3天前, 一周前, 刚刚."""

import re

_COUNTED = re.compile(
    r"[\[(（]?(?:(?P<word>今天|今日|昨天|昨日|前天)(?:\s?(?:[01]?\d|2[0-3])[:：]\d\d)?|(?P<count>\d{1,2}|[一二两三四五六七八九十半])\s?个?(?P<unit>天|周|星期|月)前"
    r"|\d{1,2}\s?(?:小时|分钟)前|刚刚)[\])）]?"
)
_ENDS = frozenset("天日前刚])）0123456789")
_LONGEST = 12
_DAYS_BACK = {"昨天": 1, "昨日": 1, "前天": 2}
_COUNTS = {"半": 0.5, "两": 2, **{numeral: count for count, numeral in enumerate("一二三四五六七八九十", 1)}}
_DAYS_OF = {"天": 1, "周": 7, "星期": 7, "月": 28}
TODAYS = frozenset(form.format(word) for word in ("今天", "今日") for form in ("{}", "[{}]", "({})", "（{}）"))
"""今天 without a clock time: clocks, forecasts and tabs of rankings say it as well as lists."""


def days_back(text: str) -> int | None:
    """Return how many days before the visit a piece of text is that says only that; None for any other text.

    Hours and minutes count as the day of the visit, a month as its fewest days: the later day, so that nothing looks older than it is.
    """
    if len(text) > _LONGEST or text[-1:] not in _ENDS or not (match := _COUNTED.fullmatch(text)):
        return None
    if not match["count"]:
        return _DAYS_BACK.get(match["word"] or "", 0)
    count = int(match["count"]) if match["count"].isdecimal() else _COUNTS[match["count"]]
    return int(count * _DAYS_OF[match["unit"]])
