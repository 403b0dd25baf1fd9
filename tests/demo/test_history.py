"""Two states of the world: honest sites publish in between, forged dates move, and nothing else looks forged."""

from datetime import date

import pytest

from xuncha.demo.content import Content
from xuncha.demo.site import Break, Site, Trap
from xuncha.demo.world import AS_OF, FIRST_SCAN, content_of, load_world

WORLD = load_world()
EARLIER, LATER = FIRST_SCAN.date(), AS_OF.date()
FORGED = {Break.DATES_TOUCHED_UP, Break.BACKDATED_ENTRIES}


def states(site: Site) -> tuple[Content, Content]:
    content = content_of(site)
    return content.on(EARLIER, touched_up=False), content.on(LATER, touched_up=True)


def printed(content: Content) -> dict[int, date]:
    return {entry.number: entry.printed for section in content.sections for entry in section.entries}


def site_with(way: Break | Trap) -> Site:
    return next(site for site in WORLD.sites if way in site.breaks | site.traps)


def test_content_is_the_same_every_time() -> None:
    before = [content_of(site) for site in WORLD.sites]
    content_of.cache_clear()
    assert [content_of(site) for site in WORLD.sites] == before


@pytest.mark.parametrize("site", [site for site in WORLD.sites if site.sound], ids=lambda site: site.host)
def test_sound_sites_publish_between_the_scans(site: Site) -> None:
    earlier, later = states(site)
    assert len(printed(later)) > len(printed(earlier)) > 20
    window = [day for day in printed(later).values() if (LATER - day).days < 14]
    assert window


@pytest.mark.parametrize("site", [site for site in WORLD.sites if not site.breaks & FORGED], ids=lambda site: site.host)
def test_honest_entries_keep_their_dates(site: Site) -> None:
    earlier, later = (printed(state) for state in states(site))
    assert all(later[number] == day for number, day in earlier.items())
    for section in content_of(site).sections:
        for entry in section.entries:
            assert entry.address_date == entry.tag_date == entry.appeared
            assert entry.printed >= entry.appeared


@pytest.mark.parametrize("way", sorted(FORGED))
def test_forged_dates_move_forward(way: Break) -> None:
    earlier, later = (printed(state) for state in states(site_with(way)))
    moved = [number for number, day in earlier.items() if (later[number] - day).days > 30]
    assert len(moved) >= 8


def test_backdated_entries_were_not_there_before() -> None:
    earlier, later = (printed(state) for state in states(site_with(Break.BACKDATED_ENTRIES)))
    late = [day for number, day in later.items() if number not in earlier and day < EARLIER]
    assert len(late) == 5


def test_touched_up_dates_disagree_with_addresses_and_tags() -> None:
    _, later = states(site_with(Break.DATES_TOUCHED_UP))
    apart = [e for s in later.sections for e in s.entries if e.printed > e.address_date and e.printed > e.tag_date]
    assert len(apart) >= 8


def test_a_redesign_changes_the_addresses_and_not_the_entries() -> None:
    site = site_with(Trap.REDESIGN)
    earlier, later = WORLD.state(FIRST_SCAN).pages(site.host), WORLD.state(AS_OF).pages(site.host)
    assert earlier.style is not later.style
    common = set(earlier.addresses) & set(later.addresses)
    assert not {address for address in common if "article" in earlier.addresses[address][0]}


def test_letters_wait_longer_than_three_months() -> None:
    for way in (Break.LETTERS_WAIT_IN_LIST, Break.LETTERS_WAIT_ON_PAGES):
        _, later = states(site_with(way))
        waiting = [letter for letter in later.letters if letter.state == "办理中"]
        assert [letter for letter in waiting if 92 < (LATER - letter.asked).days < 365]


def test_sound_letters_are_answered_in_time() -> None:
    for site in (site for site in WORLD.sites if "interaction_unanswered" not in site.planted):
        _, later = states(site)
        waiting = [letter.asked for letter in later.letters if letter.state == "办理中"]
        assert all((LATER - asked).days < 90 or (LATER - asked).days > 366 for asked in waiting), site.host
