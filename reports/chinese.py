"""How figures, dates and lists are printed in official Chinese prose."""

from collections.abc import Iterable
from datetime import date

_NUMERALS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals, as headings are counted."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def date_text(day: date) -> str:
    """Return a date as running text has it: full year, no zero padding (GB/T 9704-2012, 7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def listed(names: Iterable[str]) -> str:
    """Return the names joined with the enumeration comma."""
    return "、".join(names)


def percent_text(part: int, whole: int, decimals: int = 0) -> str:
    """Return the share in percent, rounded half up in exact integer arithmetic, without the sign.

    A share that is not the whole is never printed as 100: it gets as many decimals as it takes to show the difference.
    """
    scale = 10**decimals
    rounded = (200 * part * scale + whole) // (2 * whole)
    if rounded == 100 * scale and part != whole:
        return percent_text(part, whole, decimals + 1)
    units, fraction = divmod(rounded, scale)
    return f"{units}.{fraction:0{decimals}d}" if decimals else str(units)
