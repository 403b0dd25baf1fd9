"""Packed findings: those that neither failed nor warned go into one row a site, evidence and seen sites are compressed."""

import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SITES_AT_ONCE = 500
_OWN = ("rule", "judged_rule_id", "verdict", "reason", "reason_code")
_LOUD = "(verdict = 'fail' OR notice <> '')"


def upgrade() -> None:
    """Pack what is there."""
    op.create_table(
        "found_links",
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("links", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("scan_id", "site_id", name="pk_found_links"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_found_links_scan_id"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_found_links_site_id"),
    )
    op.create_table(
        "quiet_findings",
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("scan_id", "site_id", name="pk_quiet_findings"),
        sa.ForeignKeyConstraint(["scan_id", "site_id"], ["audits.scan_id", "audits.site_id"], name="fk_quiet_findings_scan_id_site_id"),
    )
    for rows in _by_site("findings", f"id, {', '.join(_OWN)}, evidence, CASE WHEN {_LOUD} THEN 1 ELSE 0 END AS loud", "id"):
        _run(
            "INSERT INTO quiet_findings (scan_id, site_id, content) VALUES (:scan_id, :site_id, :content)",
            [{**site, "content": _packed([_entry(row) for row in of_site])} for site, of_site in rows],
        )
    op.execute(f"DELETE FROM findings WHERE NOT {_LOUD}")
    _change("findings", "evidence", _packed, sa.LargeBinary)
    for rows in _by_site("audits", "seen", "site_id"):
        seen = [(site, json.loads(row.seen)) for site, of_site in rows for row in of_site]
        links = [{**site, "links": _packed(each["government_links"])} for site, each in seen if each.get("government_links")]
        _run("INSERT INTO found_links (scan_id, site_id, links) VALUES (:scan_id, :site_id, :links)", links)
    _change("audits", "seen", _packed_seen, sa.LargeBinary)


def downgrade() -> None:
    """Unpack; of findings that neither failed nor warned there is one piece of evidence, as before."""
    _change("findings", "evidence", _unpacked_text, sa.Text)
    _change("audits", "seen", _unpacked_text, sa.Text)
    columns = "seen, url, host, final_host, title"
    for rows in _by_site("audits", columns, "site_id"):
        whole = [{**site, "seen": _whole_seen(row)} for site, of_site in rows for row in of_site]
        _run("UPDATE audits SET seen = :seen WHERE scan_id = :scan_id AND site_id = :site_id", whole)
    for rows in _by_site("found_links", "links", "site_id"):
        for site, of_site in rows:
            _add_links(site, [link for row in of_site for link in _unpacked(row.links)])
    for rows in _by_site("quiet_findings", "content", "site_id"):
        quiet = [{**site, **_row(entry)} for site, of_site in rows for row in of_site for entry in _unpacked(row.content)]
        _run(
            f"INSERT INTO findings (scan_id, site_id, {', '.join(_OWN)}, problem, evidence, notice)"
            f" VALUES (:scan_id, :site_id, {', '.join(':' + name for name in _OWN)}, '', :evidence, '')",
            [row for row in quiet if row.get("judged_rule_id")],
        )
    op.drop_table("quiet_findings")
    op.drop_table("found_links")


def _by_site(table: str, columns: str, order: str) -> Iterator[list[tuple[dict[str, int], list[Any]]]]:
    """Yield the rows of a table by scan and site, some hundred sites at once."""
    scans = op.get_bind().execute(sa.text(f"SELECT DISTINCT scan_id FROM {table} ORDER BY scan_id")).scalars().all()
    for scan_id in scans:
        last = 0
        while True:
            page = f"SELECT DISTINCT site_id FROM {table} WHERE scan_id = :scan AND site_id > :last ORDER BY site_id LIMIT {_SITES_AT_ONCE}"
            sites = op.get_bind().execute(sa.text(page), {"scan": scan_id, "last": last}).scalars().all()
            if not sites:
                break
            query = f"SELECT site_id, {columns} FROM {table} WHERE scan_id = :scan AND site_id > :last AND site_id <= :most"
            rows = op.get_bind().execute(sa.text(f"{query} ORDER BY site_id, {order}"), {"scan": scan_id, "last": last, "most": sites[-1]})
            yield [
                ({"scan_id": scan_id, "site_id": site_id}, list(of_site)) for site_id, of_site in groupby(rows, key=lambda row: row.site_id)
            ]
            last = sites[-1]


def _change(table: str, column: str, convert: Any, kind: type[sa.Text | sa.LargeBinary]) -> None:
    """Give a column another type, and its values another form."""
    key = "id" if table == "findings" else "scan_id, site_id"
    names = key.split(", ")
    same = " AND ".join(f"{name} = :{name}" for name in names)
    op.add_column(table, sa.Column("changed", kind, nullable=False, server_default=""))
    last: tuple[int, ...] = (0,) * len(names)
    while True:
        after = f"({key}) > ({', '.join(f':{name}' for name in names)})"
        query = sa.text(f"SELECT {key}, {column} AS old FROM {table} WHERE {after} ORDER BY {key} LIMIT {_SITES_AT_ONCE}")
        rows = op.get_bind().execute(query, dict(zip(names, last, strict=True))).all()
        if not rows:
            break
        values = [{**{name: getattr(row, name) for name in names}, "new": convert(row.old)} for row in rows]
        _run(f"UPDATE {table} SET changed = :new WHERE {same}", values)
        last = tuple(getattr(rows[-1], name) for name in names)
    # Not by copying the table: SQLite would take the rows that refer to it for orphans.
    op.drop_column(table, column)
    op.execute(f"ALTER TABLE {table} RENAME COLUMN changed TO {column}")


def _run(statement: str, rows: Iterable[dict[str, Any]]) -> None:
    values = list(rows)
    if values:
        op.get_bind().execute(sa.text(statement), values)


def _packed(value: Any) -> bytes:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), wbits=-zlib.MAX_WBITS)


def _unpacked(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed, -zlib.MAX_WBITS))


def _unpacked_text(packed: bytes) -> str:
    return zlib.decompress(packed, -zlib.MAX_WBITS).decode()


def _entry(row: Any) -> Any:
    if row.loud:
        return row.rule
    return {**{name: getattr(row, name) for name in _OWN}, "evidence": json.loads(row.evidence)[:1]}


def _row(entry: Any) -> dict[str, Any]:
    return {} if isinstance(entry, str) else {**entry, "evidence": json.dumps(entry.get("evidence", []), ensure_ascii=False)}


def _packed_seen(text: str) -> bytes:
    kept = {name: value for name, value in json.loads(text).items() if name not in ("title", "government_links")}
    return _packed({**kept, "url": "", "host": "", "final_host": ""})


def _whole_seen(row: Any) -> str:
    return json.dumps({**json.loads(row.seen), "url": row.url, "host": row.host, "final_host": row.final_host, "title": row.title})


def _add_links(site: dict[str, int], links: list[Any]) -> None:
    where = "WHERE scan_id = :scan_id AND site_id = :site_id"
    seen = json.loads(op.get_bind().execute(sa.text(f"SELECT seen FROM audits {where}"), site).scalar_one())
    _run(f"UPDATE audits SET seen = :seen {where}", [{**site, "seen": json.dumps({**seen, "government_links": links})}])
