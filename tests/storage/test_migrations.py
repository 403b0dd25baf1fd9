"""Migrations carry over what is stored, upwards and downwards, on both databases."""

import zlib
from typing import Any

import msgspec
import sqlalchemy as sa

from rules.dossier import GovernmentLink, SeenSite
from rules.verdict import Verdict
from storage.audits import find_audit, iterate_verdicts, record_audits
from storage.database import Database
from storage.evidence.index import find_kept, known_responses
from storage.evidence.packing import kept_audit, mark_of
from storage.evidence.records import KeptAudit, KeptResponse, Reference
from storage.evidence.warc import payload_digest
from storage.findings.problems import iterate_problems
from storage.scans import plan_scan
from storage.schema import current_revision, migrate
from storage.seen_sites import iterate_links, iterate_seen_sites
from storage.tables import SCHEMA_REVISION
from tests.storage.storage_samples import AS_OF, audit_of, finding, registered_sites

SITES = 3
LINK = GovernmentLink(url="http://www.x.gov.cn/", host="www.x.gov.cn", found_on="http://www.s1.gov.cn/")
FAILED = finding("columns_empty", Verdict.FAIL)
WARNED = msgspec.structs.replace(finding("columns_stale"), notice="7个栏目超过规定时限未更新")
PASSED = finding("homepage_stale", evidence=finding("homepage_stale").evidence[:1])
FINDINGS = (PASSED, FAILED, WARNED)


def fill_as_before_packing(database: Database) -> None:
    """Store a scan in the form that revision 0007 had."""
    sites = registered_sites(database, SITES)
    ids = [site.site_id for site in sites]
    scan_id = plan_scan(database, as_of=AS_OF, standard="s", site_ids=ids, started_at=AS_OF, settings={})
    with database.writing() as connection:
        migrate(connection, database.place, "0007")
        for site in sites:
            audit = audit_of(site)
            seen = msgspec.structs.replace(audit.seen, row=None, title=audit.title, government_links=(LINK,))
            names = ("url", "host", "reach", "reach_detail", "verdict", "title", "final_url", "final_host", "pages", "requests", "seconds")
            values = {name: getattr(audit, name) for name in names} | {"scan_id": scan_id, "site_id": site.site_id}
            times = {"started_at": AS_OF, "finished_at": AS_OF, "observed_at": AS_OF}
            insert(connection, "audits", **values, **times, seen=msgspec.json.encode(seen).decode())
        for number, each in enumerate(FINDINGS, 1):
            shared = {name: getattr(each, name) for name in ("rule", "rule_version", "standard", "severity", "clause", "remedy")}
            insert(connection, "judged_rules", digest=str(number), **shared)
        for site_id in ids:
            for number, each in enumerate(FINDINGS, 1):
                own = {name: getattr(each, name) for name in ("rule", "verdict", "problem", "reason", "reason_code", "notice")}
                evidence = msgspec.json.encode(each.evidence).decode()
                insert(connection, "findings", scan_id=scan_id, site_id=site_id, judged_rule_id=number, **own, evidence=evidence)
        connection.execute(sa.text(
            "INSERT INTO problems (finding_id, site_id, rule, state, observed_at, decided_by, note)"
            " SELECT id, site_id, rule, 'confirmed', '2018-02-28 16:00:00', 'somebody', '' FROM findings WHERE verdict = 'fail'"
        ))  # fmt: skip


def insert(connection: sa.Connection, table: str, **values: Any) -> None:
    names = ", ".join(values)
    instants = [sa.bindparam(name, type_=sa.DateTime(timezone=True)) for name in values if name.endswith("_at")]
    connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES (:{', :'.join(values)})").bindparams(*instants), values)


def rows(database: Database, *tables: str) -> list[list[tuple[Any, ...]]]:
    with database.reading() as connection:
        found = []
        for table in tables:
            columns = sorted(column["name"] for column in sa.inspect(connection).get_columns(table) if column["name"] != "id")
            query = sa.text(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(columns)}")
            found.append([tuple(row) for row in connection.execute(query)])
        return found


def test_packing_the_findings_loses_nothing_and_can_be_taken_back(database: Database) -> None:
    fill_as_before_packing(database)
    before = rows(database, "findings", "problems")
    seen = seen_sites(database)
    with database.writing() as connection:
        migrate(connection, database.place)
        assert current_revision(connection) == SCHEMA_REVISION
    scan_id, sites = 1, [audit.site.site_id for audit in iterate_verdicts(database, 1)]
    assert len(sites) == SITES
    for site_id in sites:
        audit = find_audit(database, scan_id, site_id)
        assert audit is not None and audit.findings == FINDINGS
    assert [problem.decided_by for problem in iterate_problems(database, scan_id)] == ["somebody"] * SITES
    assert list(iterate_links(database, scan_id)) == [LINK] * SITES
    packed = [msgspec.structs.replace(each, row=None, government_links=(LINK,)) for each in iterate_seen_sites(database, scan_id)]
    assert packed == seen
    with database.writing() as connection:
        migrate(connection, database.place, "0007")
    assert comparable(rows(database, "findings", "problems")) == comparable(before)
    assert seen_sites(database) == seen


def seen_sites(database: Database) -> list[SeenSite]:
    with database.reading() as connection:
        texts = connection.execute(sa.text("SELECT seen FROM audits ORDER BY site_id")).scalars()
        return [msgspec.json.decode(text, type=SeenSite) for text in texts]


def comparable(tables: list[list[tuple[Any, ...]]]) -> list[list[str]]:
    """Return rows with their JSON read, in an order of their own: blanks, order of keys and of rows say nothing."""
    return [
        sorted(repr([msgspec.json.decode(cell) if str(cell).startswith("[") else cell for cell in row]) for row in table)
        for table in tables
    ]


def test_the_slim_index_of_the_evidence_can_be_taken_back(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    scans = [plan_scan(database, as_of=AS_OF, standard="s", site_ids=[site.site_id], started_at=AS_OF, settings={}) for _ in range(2)]
    first, second = ((answer("/a"), answer("/b", 900)), (answer("/a", origin=(scans[0], 1)), answer("/c", 400)))
    for scan_id, responses in zip(scans, (first, second), strict=True):
        block = kept_audit(file=f"scan-{scan_id}", offset=7, length=2000, account=1900, look=1, responses=responses)
        record_audits(database, scan_id, [audit_of(site, evidence=block)])
    before = index_of(database, site.site_id, scans)
    assert before[1].references == (Reference(scans[0], 1, mark_of(first[0].digest)),)
    assert known_responses(database, [site.site_id]) == {site.site_id: (second[0], answer("/c", 400, origin=(scans[1], 1)))}
    with database.writing() as connection:
        migrate(connection, database.place, "0008")
        packed = connection.execute(sa.text("SELECT responses FROM kept_audits WHERE scan_id = 2")).scalar_one()
    _, responses = msgspec.msgpack.decode(zlib.decompress(packed), type=tuple[int, tuple[KeptResponse, ...]])
    assert {(each.url, each.digest, each.origin) for each in responses} == {(each.url, each.digest, each.origin) for each in second}
    with database.writing() as connection:
        migrate(connection, database.place)
    assert index_of(database, site.site_id, scans) == before
    again = known_responses(database, [site.site_id])[site.site_id]
    assert {(each.url, each.origin) for each in again} == {(second[0].url, (scans[0], 1)), (second[1].url, (scans[1], 1))}


def answer(path: str, offset: int = 0, origin: tuple[int, int] | None = None) -> KeptResponse:
    url = f"http://www.s1.gov.cn{path}"
    return KeptResponse(url=url, digest=payload_digest(path.encode()), fetched_at=AS_OF, offset=offset, length=300, origin=origin)


def index_of(database: Database, site_id: int, scans: list[int]) -> list[KeptAudit]:
    found = (find_kept(database, scan_id, site_id, 1) for scan_id in scans)
    return [kept for kept in found if kept is not None]
