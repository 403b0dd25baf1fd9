"""The sample: by unit and level, each site of a unit with the same chance, and the same again for whoever has seed and list."""

import csv
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import SampleError
from reports.sampling.draw import FrameSite, allocation, draw, registry_hash
from rules.registry import Level

DOCUMENT = Path(__file__).parents[2] / "docs" / "sampling.md"
SIZES = {"甲市": 400, "乙市": 90, "丙市": 3}


def frame(sizes: dict[str, int] = SIZES) -> list[FrameSite]:
    levels = [Level.CITY_PORTAL, *[Level.CITY_DEPT] * 6, *[Level.COUNTY_BELOW] * 3]
    return [
        FrameSite(key=f"{unit}{number:04d}", unit=unit, level=levels[number % len(levels)])
        for unit, size in sizes.items()
        for number in range(size)
    ]


ORDER = {unit: place for place, unit in enumerate(SIZES)}


def test_the_same_seed_and_list_draw_the_same_sites_in_whatever_order_the_list_came() -> None:
    drawn = draw(frame(), 40, "2018-06-01", ORDER)
    assert drawn == draw(reversed(frame()), 40, "2018-06-01", ORDER)
    assert drawn.sites != draw(frame(), 40, "2018-06-02", ORDER).sites
    assert len({site.key for site in drawn.sites}) == 40


def test_a_site_more_in_the_list_is_another_hash() -> None:
    assert registry_hash(frame()) == sha256("".join(sorted(site.line for site in frame())).encode()).hexdigest()
    assert registry_hash(frame()) != registry_hash(frame()[1:])


def test_every_unit_gives_the_least_and_the_rest_goes_by_size() -> None:
    assert allocation(SIZES, 40) == {"甲市": 28, "乙市": 9, "丙市": 3}
    assert allocation(SIZES, 11) == {"甲市": 4, "乙市": 4, "丙市": 3}
    assert allocation(SIZES, 493) == SIZES


@pytest.mark.parametrize("size", [10, 494])
def test_a_size_that_cannot_be_had_is_refused_with_those_that_can(size: int) -> None:
    with pytest.raises(SampleError, match="it takes at least 11, and there are 493"):
        draw(frame(), size, "seed", ORDER)


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊己庚辛"), st.integers(1, 900), min_size=1), st.integers(0, 5), st.data())
def test_seats_always_add_up_and_never_exceed_a_unit(sizes: dict[str, int], least: int, data: st.DataObject) -> None:
    needed = sum(min(least, size) for size in sizes.values())
    total = data.draw(st.integers(needed, sum(sizes.values())))
    seats = allocation(sizes, total, least)
    assert sum(seats.values()) == total
    assert all(min(least, size) <= seats[unit] <= size for unit, size in sizes.items())


def test_levels_are_met_in_proportion_to_within_one_site() -> None:
    drawn = Counter(site.level for site in draw(frame({"甲市": 400}), 40, "seed", {"甲市": 0}).sites)
    for level, expected in ((Level.CITY_PORTAL, 4), (Level.CITY_DEPT, 24), (Level.COUNTY_BELOW, 12)):
        assert abs(drawn[level] - expected) <= 1


def test_each_site_of_a_unit_has_the_same_chance() -> None:
    """One site of eleven has a level of its own: over many seeds it is drawn as often as any other."""
    sites = [FrameSite(key=str(number), unit="甲市", level=Level.COUNTY_BELOW if number else Level.CITY_PORTAL) for number in range(11)]
    counts = Counter(site.key for seed in range(2200) for site in draw(sites, 2, str(seed), {"甲市": 0}, least=0).sites)
    assert all(330 < counts[str(number)] < 470 for number in range(11)), counts


def test_the_program_of_the_documentation_draws_the_same_sample() -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), flags=re.DOTALL)
    names: dict[str, Any] = {}
    exec(program, names)
    lines = "".join(sorted(site.line for site in frame()))
    drawn = draw(frame(), 57, "甲 乙 07", ORDER)
    assert names["draw_again"](lines, 57, 4, "甲 乙 07", list(SIZES)) == [site.key for site in drawn.sites]


@pytest.mark.shared
def test_regions_give_as_many_sites_as_in_the_published_annex(published: Path) -> None:
    with (published / "regions.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["seq"]]
    seats = allocation({row["region"]: int(row["running_total"]) for row in rows}, 303)
    assert max(abs(seats[row["region"]] - int(row["sampled"])) for row in rows) <= 2
