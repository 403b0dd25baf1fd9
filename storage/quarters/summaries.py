"""What is kept of each quarter's bulletin: one summary a quarter and scope, as `reports` encodes it."""

from datetime import datetime

import sqlalchemy as sa

from storage.database import Database
from storage.tables import kept_quarters


def keep_quarter(database: Database, scope: str, quarter: str, summary: str, kept_at: datetime) -> None:
    """Keep a quarter's summary in the place of an earlier one; `scope` tells editions apart. Raises StorageError."""
    same = (kept_quarters.c.scope == scope, kept_quarters.c.quarter == quarter)
    with database.writing() as connection:
        connection.execute(sa.delete(kept_quarters).where(*same))
        connection.execute(sa.insert(kept_quarters).values(scope=scope, quarter=quarter, summary=summary, kept_at=kept_at))


def summaries_of(database: Database, scope: str) -> dict[str, str]:
    """Return what was kept of a scope, summary by quarter, the earliest first. Raises StorageError."""
    query = sa.select(kept_quarters.c.quarter, kept_quarters.c.summary).where(kept_quarters.c.scope == scope)
    with database.reading() as connection:
        return {row.quarter: row.summary for row in connection.execute(query.order_by(kept_quarters.c.quarter))}
