"""A slim index of the evidence: addresses and times for the newest block of a site alone, digests in full only where a body lies."""

import base64
import zlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ROWS_AT_ONCE = 500
_KEY = "scan_id, site_id, look"
_SAME = "scan_id = :scan_id AND site_id = :site_id AND look = :look"
_INDEX = "ix_kept_audits_site_id_scan_id_look"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a body was fetched that no later audit will ask for: the slim index does not know."""


def upgrade() -> None:
    """Keep in full what the newest block of each site holds, and of all blocks what lies where."""
    op.create_table(
        "kept_responses",
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("responses", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("site_id", name="pk_kept_responses"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_kept_responses_site_id"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_kept_responses_scan_id"),
    )
    op.add_column("kept_audits", sa.Column("content", sa.LargeBinary, nullable=False, server_default=""))
    for rows in _pages("responses"):
        old = [(_key(row), *msgspec.msgpack.decode(zlib.decompress(row.responses))) for row in rows]
        _run(f"UPDATE kept_audits SET content = :content WHERE {_SAME}", [{**key, "content": _slim(*block)} for key, *block in old])
        # The pages come in the order of the scans: what comes later is newer.
        newest = {key["site_id"]: {**key, "responses": _with_origins(key, responses)} for key, _, responses in old}
        _run("DELETE FROM kept_responses WHERE site_id = :site_id", [{"site_id": site_id} for site_id in newest])
        _run("INSERT INTO kept_responses (site_id, scan_id, responses) VALUES (:site_id, :scan_id, :responses)", list(newest.values()))
    op.drop_index(_INDEX, "kept_audits")
    op.drop_column("kept_audits", "responses")


def downgrade() -> None:
    """Write every block's answers again, without the addresses and times that only the archive still knows."""
    op.add_column("kept_audits", sa.Column("responses", sa.LargeBinary, nullable=False, server_default=""))
    for rows in _pages("content"):
        sites = {row.site_id for row in rows}
        newest, digests = _newest(sites), _digests(sites)
        whole = [{**_key(row), "responses": _whole(row, newest.get(row.site_id, []), digests)} for row in rows]
        _run(f"UPDATE kept_audits SET responses = :responses WHERE {_SAME}", whole)
    op.drop_column("kept_audits", "content")
    op.create_index(_INDEX, "kept_audits", ["site_id", "scan_id", "look"])
    op.drop_table("kept_responses")


def _pages(column: str) -> Iterator[list[Any]]:
    """Yield the rows of the index in the order of its key."""
    last: dict[str, int] = {"scan_id": 0, "site_id": 0, "look": 0}
    while True:
        after = f"({_KEY}) > (:scan_id, :site_id, :look)"
        query = sa.text(f"SELECT {_KEY}, {column} FROM kept_audits WHERE {after} ORDER BY {_KEY} LIMIT {_ROWS_AT_ONCE}")
        rows = list(op.get_bind().execute(query, last))
        if not rows:
            return
        yield rows
        last = _key(rows[-1])


def _slim(account: int | None, responses: list[dict[str, Any]]) -> bytes:
    own = [each for each in responses if each.get("origin") is None]
    marks: dict[tuple[int, int], dict[bytes, None]] = defaultdict(dict)
    for each in responses:
        if each.get("origin") is not None:
            marks[tuple(each["origin"])][_raw(each)[:8]] = None
    places = [number for each in own for number in (each["offset"], each["length"])]
    references = [(*origin, b"".join(of_origin)) for origin, of_origin in marks.items()]
    return msgspec.msgpack.encode((account, b"".join(map(_raw, own)), places, references))


def _whole(row: Any, newest: list[dict[str, Any]], digests: dict[tuple[int, int, int], list[bytes]]) -> bytes:
    account, bodies, places, references = msgspec.msgpack.decode(row.content)
    known = {each["digest"]: each for each in newest}
    responses = []
    for number, raw in enumerate(_pieces(bodies, 32)):
        offset, length = places[2 * number : 2 * number + 2]
        responses.append({**_answer(raw, known), "offset": offset, "length": length, "origin": None})
    for scan_id, look, marks in references:
        held = {raw[:8]: raw for raw in digests.get((scan_id, row.site_id, look), [])}
        for mark in _pieces(marks, 8):
            if mark in held:
                responses.append({**_answer(held[mark], known), "offset": 0, "length": 0, "origin": (scan_id, look)})
    return zlib.compress(msgspec.msgpack.encode((account, responses)), 1)


def _answer(raw: bytes, known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    digest = f"sha256:{base64.b32encode(raw).decode()}"
    return {"url": "", "fetched_at": _NEVER, **known.get(digest, {}), "digest": digest}


def _newest(sites: set[int]) -> dict[int, list[dict[str, Any]]]:
    query = sa.text("SELECT site_id, responses FROM kept_responses WHERE site_id IN :sites")
    rows = op.get_bind().execute(query.bindparams(sa.bindparam("sites", expanding=True)), {"sites": sorted(sites)})
    return {row.site_id: msgspec.msgpack.decode(zlib.decompress(row.responses)) for row in rows}


def _digests(sites: set[int]) -> dict[tuple[int, int, int], list[bytes]]:
    """Return the digests of the bodies in the blocks of these sites."""
    query = sa.text(f"SELECT {_KEY}, content FROM kept_audits WHERE site_id IN :sites")
    rows = op.get_bind().execute(query.bindparams(sa.bindparam("sites", expanding=True)), {"sites": sorted(sites)})
    return {(row.scan_id, row.site_id, row.look): list(_pieces(msgspec.msgpack.decode(row.content)[1], 32)) for row in rows}


def _with_origins(key: dict[str, int], responses: list[dict[str, Any]]) -> bytes:
    place = (key["scan_id"], key["look"])
    return zlib.compress(msgspec.msgpack.encode([{**each, "origin": each.get("origin") or place} for each in responses]), 1)


def _raw(response: dict[str, Any]) -> bytes:
    return base64.b32decode(response["digest"].removeprefix("sha256:"))


def _pieces(content: bytes, size: int) -> list[bytes]:
    return [content[start : start + size] for start in range(0, len(content), size)]


def _key(row: Any) -> dict[str, int]:
    return {"scan_id": row.scan_id, "site_id": row.site_id, "look": row.look}


def _run(statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.get_bind().execute(sa.text(statement), rows)
