"""Comments are taken out of scripts and markup; what only looks like one stays."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.tree.comments import without_markup_comments, without_script_comments


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ("a = 1; // one\nb = 2", "a = 1; \nb = 2"),
        ("a = 1; /* one\ntwo */ b = 2", "a = 1;  b = 2"),
        ("/* a *//* b */c", "c"),
        ("// a /* b\nc /* d */ e", "\nc  e"),
        ("url = 'http://www.lizhou.gov.cn/'", "url = 'http://www.lizhou.gov.cn/'"),
        ("accept = 'image/*'; x = '*/*'; y", "accept = 'image/*'; x = '*/*'; y"),
        ("a /* never closed", "a /* never closed"),
        ("/* a */ b /* never closed // c", " b /* never closed "),
        ("a // to the end", "a "),
    ],
)
def test_script_comments(script: str, left: str) -> None:
    assert without_script_comments(script) == left


@given(st.lists(st.sampled_from(["<!--", "-->", "<!-", "->", ">", "a", "\n", " "]), max_size=12).map("".join))
def test_markup_comments_are_what_the_pattern_finds(text: str) -> None:
    assert without_markup_comments(text) == re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("piece", ["/*", "//", "<!--", "*/", "/*/", "/**/", "\n//"])
def test_half_a_million_beginnings_take_no_time(piece: str) -> None:
    started = time.process_time()
    without_markup_comments(without_script_comments(piece * 500_000))
    assert time.process_time() - started < 5
