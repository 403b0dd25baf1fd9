"""What the documentation says of profiles is what profiles take."""

from pathlib import Path

import pytest

from reports.profile import Profile, Section, SiteColumn, Thresholds, UnitColumn
from reports.units import UnitKind, Units

TEXT = (Path(__file__).parents[2] / "docs" / "bulletin.md").read_text(encoding="utf-8")
_BY_LEVEL = {column for column in UnitColumn if column.value.endswith(("portal", "dept", "below"))}
NAMES = [
    *Profile.__struct_fields__,
    *Thresholds.__struct_fields__,
    *Units.__struct_fields__,
    *Section,
    *SiteColumn,
    *UnitKind,
    *(column for column in UnitColumn if column not in _BY_LEVEL),
]


@pytest.mark.parametrize("name", sorted({str(name) for name in NAMES}))
def test_every_key_and_choice_is_told(name: str) -> None:
    assert name in TEXT


def test_the_pictures_shown_are_there() -> None:
    shown = [part.split(")")[0] for part in TEXT.split("](")[1:]]
    assert shown
    assert all((Path(__file__).parents[2] / "docs" / name).is_file() for name in shown)
