"""Quarters of years, as bulletins are named after them."""

import re

from crawler.facts.records import Record
from reports.chinese import numeral
from reports.errors import FiguresError


class Period(Record, frozen=True, kw_only=True):
    """A quarter of a year."""

    year: int
    quarter: int

    @classmethod
    def parse(cls, name: str) -> "Period":
        """Return the quarter named like `2018Q1`; raises `FiguresError`."""
        match = re.fullmatch(r"(\d{4})[Qq]([1-4])", name)
        if not match:
            raise FiguresError("bad_quarter", name=name)
        return cls(year=int(match[1]), quarter=int(match[2]))

    @property
    def name(self) -> str:
        """Return the short name, like `2018Q1`."""
        return f"{self.year}Q{self.quarter}"

    @property
    def quarter_text(self) -> str:
        """Return the quarter as prose has it, like 第一季度."""
        return f"第{numeral(self.quarter)}季度"

    @property
    def text(self) -> str:
        """Return year and quarter as prose has them, like 2018年第一季度."""
        return f"{self.year}年{self.quarter_text}"

    def earlier(self, quarters: int) -> "Period":
        """Return the quarter so many quarters before."""
        year, quarter = divmod(4 * self.year + self.quarter - 1 - quarters, 4)
        return Period(year=year, quarter=quarter + 1)

    @property
    def following(self) -> "Period":
        """Return the next quarter."""
        return self.earlier(-1)
