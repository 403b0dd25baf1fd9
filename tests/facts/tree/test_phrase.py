"""Searching with a `Phrase` finds what its pattern alone finds."""

import gc
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crawler.facts.page  # noqa: F401 (reads every module that names a phrase)
from crawler.facts.tree.phrase import Phrase, beginnings

PHRASES = [found for found in gc.get_objects() if isinstance(found, Phrase)]
PATTERNS = [
    r"ab|cd",
    r"(?:ab|(?<=x)cd)+",
    r"a?b|[c-e]{2,3}",
    r"^b$",
    r"\d+|\s-",
    r"(?!ab)a.",
    r"[-^\]]x",
]


def test_the_program_names_phrases() -> None:
    assert len(PHRASES) > 10


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("flags", [re.NOFLAG, re.IGNORECASE, re.MULTILINE | re.DOTALL])
@given(text=st.text(alphabet="abcdexAB1-^] \n", max_size=12))
def test_a_phrase_finds_what_its_pattern_finds(pattern: str, flags: re.RegexFlag, text: str) -> None:
    alone, phrase = re.compile(pattern, flags), Phrase(pattern, flags)
    assert [match.span() for match in phrase.finditer(text)] == [match.span() for match in alone.finditer(text)]
    assert bool(phrase.occurs(text)) == bool(alone.search(text))


@given(st.data())
def test_the_phrases_of_the_program_find_what_their_patterns_find(data: st.DataObject) -> None:
    phrase = data.draw(st.sampled_from(PHRASES))
    text = "".join(data.draw(st.lists(st.one_of(st.from_regex(phrase.pattern), st.text(max_size=5)), max_size=3)))
    found, expected = phrase.search(text), phrase.pattern.search(text)
    assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize("pattern", ["a?", ".a", "[^a]b", r"\Wa", "a|"])
def test_a_pattern_that_may_begin_with_anything_is_none(pattern: str) -> None:
    with pytest.raises(ValueError, match="may"):
        beginnings(re.compile(pattern))
