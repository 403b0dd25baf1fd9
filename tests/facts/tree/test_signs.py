"""Signs are found around their words, wherever the pattern alone would find them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.columns import emptiness
from crawler.facts.marks import feedback, filings
from crawler.facts.tree.signs import Searched, Sign

SIGNS = [value for room in (emptiness, feedback, filings) for value in vars(room).values() if isinstance(value, Sign)]
FRAGMENTS = st.sampled_from(
    [
        *(
            "<a href='",
            '<img src="',
            "' title=",
            '">',
            "</a>",
            " ",
            "\n",
            "中文",
            "İ",
            "alt=党政机关",
            "sitecode='1100000088'",
            "Link('1100000088')",
        ),
        *(
            "/EXPOSURE/jiucuo.html",
            "?site_code=",
            "_span_jiucuo",
            "zfwzzc.png",
            "jc.gif",
            "//bszs.conac.cn/sitename?method=show",
            "red.png",
        ),
        *(
            "recordcode=11010102000001",
            "title='京ICP备05000001号'",
            "{{ item.title }}",
            " v-for=",
            " :href=",
            "type='text/html'",
            "javascript:",
        ),
    ]
)


def test_every_room_has_its_signs() -> None:
    assert len(SIGNS) >= 10


@given(st.lists(FRAGMENTS, max_size=8).map("".join))
def test_what_the_pattern_finds_is_found(text: str) -> None:
    searched = Searched(text)
    for sign in SIGNS:
        assert (searched.first(sign) is None) == (sign.pattern.search(text) is None)


@pytest.mark.parametrize("text", ["before Wort:12 behind", "İİİ before Wort:12 behind", "x" * 5_000 + "wort:12" + "y" * 5_000])
def test_a_sign_that_is_made_later_is_found_too(text: str) -> None:
    Searched("something else")
    sign = Sign(re.compile(r"wort:(\d+)", re.IGNORECASE), ("wort",))
    match = Searched(text).first(sign)
    assert match and match.group(1) == "12"


def test_the_first_word_of_several_is_looked_around_first() -> None:
    sign = Sign(re.compile(r"(?:red|blue)\.png"), ("blue.png", "red.png"))
    match = Searched("red.png " + "." * 1_000 + " blue.png").first(sign)
    assert match and match.group() == "blue.png"
