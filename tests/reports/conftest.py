"""What the tests of reports share: the published bulletin and the hostile strings beside the checkout, and a small quarter of our own."""

import json
from datetime import date
from pathlib import Path

import pytest

from reports.figures.records import AnnualReports, Figures, Messages, Metadata, Origin, RegionFigures, RegistryTotals, Source
from reports.period import Period
from reports.profile import Profile, load_profile
from rules.registry import Level

SHARED = Path(__file__).parents[2] / ".." / "shared"
SOURCE = Source(origin=Origin.IMPORTED, place="figures.csv:1")


@pytest.fixture
def published() -> Path:
    """Return the folder of the published bulletin's figures."""
    folder = SHARED / "bulletins" / "2018Q1"
    if not folder.is_dir():
        pytest.skip("The published bulletin is not beside this checkout (../shared/bulletins/2018Q1).")
    return folder


@pytest.fixture
def hostile_strings() -> list[str]:
    """Return strings that break programs: markup, formulas, control and bidirectional characters."""
    file = SHARED / "suites" / "strings" / "blns_dev.json"
    if not file.is_file():
        pytest.skip("The hostile strings are not beside this checkout (../shared/suites/strings).")
    return [str(entry) for entry in json.loads(file.read_text(encoding="utf-8"))]


@pytest.fixture
def nation() -> Profile:
    """Return the profile of the nation-wide bulletin."""
    return load_profile("nation")


@pytest.fixture
def quarter() -> Figures:
    """Return a small quarter in which every sampled site passed."""
    return Figures(
        period=Period(year=2018, quarter=2),
        metadata=Metadata(written=date(2018, 8, 3), source=SOURCE),
        registry=RegistryTotals(
            as_of=date(2018, 6, 1), running=31, by_level={Level.PROVINCIAL_PORTAL: 2, Level.COUNTY_PORTAL: 29}, source=SOURCE
        ),
        regions=(
            RegionFigures(region="河北", running_total=20, provincial_portal=1, county_portal=19, sampled=10, source=SOURCE),
            RegionFigures(region="甘肃", running_total=11, provincial_portal=1, county_portal=10, sampled=4, source=SOURCE),
        ),
        messages=Messages(valid=120, completion_percent=98.5, source=SOURCE),
        annual_reports=AnnualReports(published_sites=30, source=SOURCE),
    )
