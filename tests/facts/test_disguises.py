"""Pages of the demo in other clothes: whatever system writes a page, its facts hold nothing more against the site."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts
from tests.facts.disguises.all import DISGUISES
from tests.facts.disguises.claims import new_claims
from tests.facts.disguises.writing import ENCODINGS, as_parsed
from xuncha.demo.site import Site, Style, Trap
from xuncha.demo.world import AS_OF, load_world

KINDS = ("home", "column", "article", "channel", "letter_table", "letter_cards", "letter", "guide_table", "guide_texts", "report")
PAGES_OF_A_DISGUISE = 5
_WITHOUT_PAGES = {Trap.FRAMESET, Trap.META_REFRESH, Trap.HOMEPAGE_BY_SCRIPT, Trap.SCRIPT_FILLED_COLUMNS, Trap.COLUMNS_OF_RECORDS}
UNWORN = {"writing: as parsed", "foot: filings in links"}
"""What the demo wears already."""


class Sample(NamedTuple):
    """A page of the demo as a browser writes it, with its facts."""

    url: str
    text: str
    facts: PageFacts


def facts_of(content: bytes, url: str) -> PageFacts:
    return read_page(content, url=url, as_of=AS_OF.date())


@cache
def samples() -> tuple[Sample, ...]:
    """Return a page of every kind from a sound site of every style."""
    sites: dict[Style, Site] = {site.style: site for site in load_world().sites if site.sound and not site.traps & _WITHOUT_PAGES}
    return tuple(sample for site in sites.values() for sample in samples_of(site))


def samples_of(site: Site) -> Iterator[Sample]:
    pages = load_world().state(AS_OF).pages(site.host)
    kinds: dict[str, str] = {}
    for address, (template, _) in pages.addresses.items():
        kinds.setdefault(template.rpartition("/")[2].removesuffix(".html"), address)
    for kind in (kind for kind in KINDS if kind in kinds):
        text, url = as_parsed(pages.render(kinds[kind]) or ""), site.url.rstrip("/") + kinds[kind]
        yield Sample(url, text, facts_of(text.encode(), url))


@pytest.mark.parametrize("name", DISGUISES)
def test_no_disguise_makes_a_sound_page_look_faulty(name: str) -> None:
    disguise, every = DISGUISES[name], samples()
    first = sum(map(ord, name))
    chosen = [every[(first + 7 * number) % len(every)] for number in range(PAGES_OF_A_DISGUISE)]
    claims = {page.url: new_claims(page.facts, facts_of(disguise(page.text).encode(), page.url)) for page in chosen}
    assert not any(claims.values()), claims


@pytest.mark.parametrize("name", ENCODINGS)
def test_facts_are_the_same_in_other_bytes(name: str) -> None:
    for page in samples()[::9]:
        facts, plain = facts_of(ENCODINGS[name](page.text), page.url), page.facts
        assert (facts.title, facts.marks, facts.column, facts.letters) == (plain.title, plain.marks, plain.column, plain.letters)


def test_every_disguise_says_what_it_stands_for_and_changes_a_page() -> None:
    assert [name for name, disguise in DISGUISES.items() if not (disguise.__doc__ or "").startswith("Stand for")] == []
    assert {name for name, disguise in DISGUISES.items() if all(disguise(page.text) == page.text for page in samples())} == UNWORN
