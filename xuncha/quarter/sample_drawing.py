"""Drawing a quarter's samples from the registry, keeping them, and writing down what it takes to draw them again."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from reports.figures.directory import load_figures_text
from reports.formats.tables import csv_bytes
from reports.period import Period
from reports.sampling.draw import FrameSite, Sample, draw
from reports.units import UnitKind, Units
from rules.registry import Level, RegistryRow, Status
from storage.database import Database
from storage.quarters.figures import figures_of
from storage.quarters.samples import save_sample
from storage.records import DrawnSample, SamplePurpose, Site
from storage.registry.sites import list_sites
from xuncha.errors import UsageFault
from xuncha.messages import say


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A sample with the list it was drawn from."""

    kept: DrawnSample
    frame: tuple[FrameSite, ...]
    sites: tuple[tuple[FrameSite, Site], ...]
    missing: int = 0
    """Reported sites that the registry does not know as running: they cannot be drawn."""


def frame_site(row: RegistryRow, units: Units) -> FrameSite:
    """Return a site as the list names it."""
    return FrameSite(key=row.site_code or row.url, unit=units.printed(row), level=row.level or "")


def draw_spot_check(database: Database, quarter: str, *, size: int, seed: str, least: int, units: Units, replace: bool = False) -> Drawing:
    """Draw and keep the quarter's sample of running sites; State Council departments check their own and are left out.

    Raises SampleError for a size that cannot be had, SampleExists, FiguresError for a quarter that is none, StorageError.
    """
    name = Period.parse(quarter).name
    running = (site for site in list_sites(database, status=Status.RUNNING) if _in_reach(site.row, units))
    return _draw(database, name, SamplePurpose.SPOT_CHECK, running, size=size, seed=seed, least=least, units=units, replace=replace)


def draw_recheck(database: Database, quarter: str, *, size: int, seed: str, least: int, units: Units, replace: bool = False) -> Drawing:
    """Draw and keep a sample of the sites that units reported of (`self_checked_sites.csv`), to be checked again.

    Raises UsageFault where nothing was reported, and what `draw_spot_check` raises.
    """
    period = Period.parse(quarter)
    files = figures_of(database, period.name)
    reported = {site.site_code for site in load_figures_text(files, period).self_checked} if files else set()
    if not reported:
        raise UsageFault(say("nobody_reported", quarter=period.name))
    known = [site for site in list_sites(database, status=Status.RUNNING) if (site.row.site_code or "").upper() in reported]
    drawing = _draw(database, period.name, SamplePurpose.RECHECK, known, size=size, seed=seed, least=least, units=units, replace=replace)
    return msgspec.structs.replace(drawing, missing=len(reported) - len(known))


def _in_reach(row: RegistryRow, units: Units) -> bool:
    return not (units.kind is UnitKind.PROVINCE and row.level is Level.CENTRAL_DEPT)


def _draw(
    database: Database,
    quarter: str,
    purpose: SamplePurpose,
    sites: Iterable[Site],
    *,
    size: int,
    seed: str,
    least: int,
    units: Units,
    replace: bool,
) -> Drawing:
    by_key = {frame_site(site.row, units).key: site for site in sites}
    frame = tuple(frame_site(site.row, units) for site in by_key.values())
    order = sorted({site.unit for site in frame}, key=units.place)
    sample = draw(frame, size, seed, {unit: place for place, unit in enumerate(order)}, least)
    kept = DrawnSample(
        quarter=quarter,
        purpose=purpose,
        size=size,
        least=least,
        seed=seed,
        registry_hash=sample.registry_hash,
        frame_size=len(frame),
        drawn_at=datetime.now(UTC),
    )
    save_sample(database, kept, [(by_key[site.key].site_id, site.unit) for site in sample.sites], replace=replace)
    return Drawing(kept=kept, frame=frame, sites=tuple(_with_sites(sample, by_key)))


def _with_sites(sample: Sample, by_key: dict[str, Site]) -> Iterator[tuple[FrameSite, Site]]:
    return ((site, by_key[site.key]) for site in sample.sites)


def write_drawing(drawing: Drawing, folder: Path) -> tuple[Path, ...]:
    """Write `sample.csv`, the list it was drawn from (`frame.tsv`), and seed and hash (`sample.json`), for publication."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = (
        (number, site.unit, site.level, entry.row.site_code or "", entry.row.name, entry.row.url)
        for number, (site, entry) in enumerate(drawing.sites, start=1)
    )
    frame = "".join(sorted(site.line for site in drawing.frame))
    files = {
        "sample.csv": csv_bytes(("seq", "unit", "level", "site_code", "name", "url"), rows),
        "frame.tsv": frame.encode(),
        "sample.json": msgspec.json.format(msgspec.json.encode(drawing.kept), indent=1),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in files)
