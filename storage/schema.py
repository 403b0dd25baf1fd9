"""The schema's revision: a new database is created by the migrations, an old one is brought up to date by them."""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.errors import DatabaseUnavailable, NewerSchema
from storage.tables import SCHEMA_REVISION

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "xuncha_schema"
"""Where alembic keeps the revision: its own name marks a database as one of xuncha."""


def is_up_to_date(connection: Connection, place: str) -> bool:
    """Tell whether the schema is at the newest revision. `place` names the database in messages.

    Raises DatabaseUnavailable for an SQLite file of another program.
    """
    tables = sa.inspect(connection).get_table_names()
    if tables and VERSION_TABLE not in tables and connection.dialect.name == "sqlite":
        raise DatabaseUnavailable("foreign_database", place=place)
    return current_revision(connection) == SCHEMA_REVISION


def current_revision(connection: Connection) -> str | None:
    """Return the revision of a database; None where there is no schema yet."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def migrate(connection: Connection, place: str, revision: str = SCHEMA_REVISION) -> None:
    """Run the migrations up or down to a revision (`base` is none at all), within the connection's transaction.

    Raises NewerSchema where the database stands at a revision that this program does not know.
    """
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError

    config = _configuration(connection)
    script = ScriptDirectory.from_config(config)
    current = current_revision(connection)
    try:
        known = [step.revision for step in script.walk_revisions()]
        if current is not None:
            script.get_revision(current)
    except CommandError as error:
        raise NewerSchema("newer_schema", place=place) from error
    downwards = current is not None and (revision == "base" or known.index(revision) > known.index(current))
    (command.downgrade if downwards else command.upgrade)(config, revision)


def _configuration(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
