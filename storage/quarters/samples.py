"""Samples drawn for a quarter: which sites, by which seed, from which registry. A published sample is never replaced in passing."""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.database import PAGE, Database
from storage.errors import SampleExists
from storage.records import DrawnSample, DrawnSite, SamplePurpose
from storage.registry.sites import sites_by_id
from storage.tables import sample_sites, samples

_FIELDS = ("quarter", "purpose", "size", "least", "seed", "registry_hash", "frame_size", "drawn_at")


def save_sample(database: Database, sample: DrawnSample, site_units: Sequence[tuple[int, str]], *, replace: bool = False) -> None:
    """Save a sample with its sites, given as ids with their units in the order drawn.

    Raises SampleExists where the quarter has another one and `replace` is not set, StorageError.
    """
    with database.writing() as connection:
        earlier = _find(connection, sample.quarter, sample.purpose)
        if earlier and not replace:
            raise SampleExists("sample_exists", quarter=sample.quarter, seed=earlier.seed, size=earlier.size)
        of_quarter = {"quarter": sample.quarter, "purpose": sample.purpose}
        for table in (sample_sites, samples):
            connection.execute(sa.delete(table).where(*(table.c[name] == value for name, value in of_quarter.items())))
        connection.execute(sa.insert(samples).values({name: getattr(sample, name) for name in _FIELDS}))
        rows = [
            {**of_quarter, "ordinal": ordinal, "site_id": site_id, "unit": unit}
            for ordinal, (site_id, unit) in enumerate(site_units, start=1)
        ]
        if rows:
            connection.execute(sa.insert(sample_sites), rows)


def find_sample(database: Database, quarter: str, purpose: SamplePurpose) -> DrawnSample | None:
    """Return what is known of a quarter's sample; None where none was drawn. Raises StorageError."""
    with database.reading() as connection:
        return _find(connection, quarter, purpose)


def iterate_sample_sites(database: Database, quarter: str, purpose: SamplePurpose) -> Iterator[DrawnSite]:
    """Stream the sites of a quarter's sample in the order drawn, as the registry has them now. Raises StorageError."""
    query = sa.select(sample_sites).where(sample_sites.c.quarter == quarter, sample_sites.c.purpose == purpose)
    last = 0
    while True:
        with database.reading() as connection:
            page = connection.execute(query.where(sample_sites.c.ordinal > last).order_by(sample_sites.c.ordinal).limit(PAGE)).all()
            by_id = sites_by_id(connection, [row.site_id for row in page])
        yield from (DrawnSite(site=by_id[row.site_id], unit=row.unit) for row in page)
        if len(page) < PAGE:
            return
        last = page[-1].ordinal


def _find(connection: Connection, quarter: str, purpose: SamplePurpose) -> DrawnSample | None:
    query = sa.select(samples).where(samples.c.quarter == quarter, samples.c.purpose == purpose)
    row: Any = connection.execute(query).first()
    if row is None:
        return None
    values = {name: getattr(row, name) for name in _FIELDS} | {"purpose": SamplePurpose(row.purpose)}
    return DrawnSample(**values)
