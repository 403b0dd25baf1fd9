"""The program over PostgreSQL: the same commands, another address."""

from pathlib import Path
from typing import Any

from tests.application.conftest import SITES, UNDISTURBED, Run, Served, verdicts
from tests.storage.postgresql import PostgresServer, postgres

__all__ = ["postgres"]


def test_a_scan_over_postgresql_finds_what_one_over_sqlite_finds(
    xuncha: Run, registry: Path, served: Served, undisturbed: dict[str, Any], postgres: PostgresServer, tmp_path: Path
) -> None:
    address = postgres.new_database()
    result = xuncha("scan", "--db", address, "--sites", registry.name, *served.options, *UNDISTURBED)
    assert result.returncode == 0, result.stderr
    assert len(undisturbed) == SITES and verdicts(xuncha, address) == undisturbed
    listed = xuncha("export", "problems", "--db", address, "--format", "csv", "--out", "problems.csv")
    assert listed.returncode == 0 and (tmp_path / "problems.csv").stat().st_size > 0
    refused = xuncha("db", "backup", "copy.db", "--db", address)
    assert refused.returncode == 1 and "pg_dump" in refused.stderr and "Traceback" not in refused.stderr


def test_no_sentence_holds_the_password(xuncha: Run, postgres: PostgresServer) -> None:
    address = postgres.new_database().replace("postgres@", "postgres:GEHEIM@")
    commands = [("problems", "list"), ("scan",)]
    for command in commands:
        said = xuncha(*command, "--db", address)
        assert said.returncode and "postgres:***@" in said.stderr and "GEHEIM" not in said.stdout + said.stderr, said.stderr
    examined = xuncha("doctor", "--db", address)
    assert "database\twell\tpostgresql+psycopg://postgres:***@" in examined.stdout and "GEHEIM" not in examined.stdout
