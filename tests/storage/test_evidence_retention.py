"""Retention: what findings rest on stays, with every body it refers to; the rest is let go."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rules.verdict import Verdict
from storage.audits import record_audits
from storage.database import Database
from storage.errors import EvidenceMissing
from storage.evidence.index import find_kept, iterate_kept, known_responses
from storage.evidence.manifest import seal, verify
from storage.evidence.pages import find_page
from storage.evidence.reader import Archive
from storage.evidence.retention import thin
from storage.evidence.writer import EvidencePlace, ShardWriter
from storage.records import Site
from storage.scans import finish_scan, plan_scan
from tests.storage.evidence_samples import PAGE, event, keep
from tests.storage.storage_samples import AS_OF, audit_of, finding, registered_sites

NOW = datetime(2018, 6, 1, tzinfo=UTC)
OWN = bytes(range(256)) * 20


def scan(database: Database, folder: Path, sites: list[Site], as_of: datetime, failed: set[int] = frozenset()) -> int:  # type: ignore[assignment]
    """Store a finished scan: every site shows the same page as ever, and one that is new."""
    scan_id = plan_scan(database, as_of=as_of, standard="s", site_ids=[site.site_id for site in sites], started_at=as_of)
    writer = ShardWriter(EvidencePlace(folder=str(folder), scan_id=scan_id, began=as_of))
    known = known_responses(database, [site.site_id for site in sites])
    results = []
    for site in sites:
        new = event("/new", OWN + f"{scan_id} {site.site_id}".encode())
        kept = keep(writer, event("/"), new, site_id=site.site_id, scan_id=scan_id, known=known.get(site.site_id, ()))
        verdict = Verdict.FAIL if site.site_id in failed else Verdict.PASS
        results.append(audit_of(site, finding("columns_empty", verdict), observed_at=as_of, evidence=kept))
    writer.close()
    record_audits(database, scan_id, results)
    finish_scan(database, scan_id, as_of)
    seal(database, scan_id, folder, as_of)
    return scan_id


def test_old_evidence_without_a_finding_goes_and_what_is_referred_to_stays(tmp_path: Path, database: Database) -> None:
    sites = registered_sites(database, 3)
    first = scan(database, tmp_path, sites, AS_OF, failed={1})
    second = scan(database, tmp_path, sites[:2], NOW)
    before = verify(database, first, tmp_path).bytes
    (planned,) = thin(database, tmp_path, before=NOW, thinned_at=NOW, dry_run=True)
    assert verify(database, first, tmp_path).bytes == before
    (thinned,) = thin(database, tmp_path, before=NOW, thinned_at=NOW)
    assert (thinned.scan_id, thinned.before, thinned.audits, thinned.kept) == (first, before, 3, 1)
    assert planned.after < thinned.after < before

    archive = Archive(tmp_path, lambda *place: find_kept(database, *place))
    left = dict(iterate_kept(database, first))
    assert sorted(left) == [1, 2], "the site that nothing refers to is gone"
    assert archive.block(1, left[1][0]).account.site_id == 1
    with pytest.raises(EvidenceMissing, match="was thinned"):
        archive.block(2, left[2][0])
    for site_id, (kept,) in iterate_kept(database, second):
        page = find_page([archive.block(site_id, kept)], "http://www.s1.gov.cn/", "")
        assert page is not None
        assert page.content == PAGE, "the body of an unchanged page is still there"
    for scan_id in (first, second):
        state = verify(database, scan_id, tmp_path)
        assert (state.sealed, state.damages) == (True, ())
    assert len(list(tmp_path.glob("*.warc.gz"))) == 2


def test_thinning_again_finds_nothing_to_do(tmp_path: Path, database: Database) -> None:
    sites = registered_sites(database, 2)
    scan(database, tmp_path, sites, AS_OF)
    scan(database, tmp_path, sites, NOW)
    assert len(list(thin(database, tmp_path, before=NOW, thinned_at=NOW))) == 1
    assert list(thin(database, tmp_path, before=NOW, thinned_at=NOW + timedelta(days=7))) == []


def test_changed_evidence_is_not_thinned(tmp_path: Path, database: Database) -> None:
    scan(database, tmp_path, registered_sites(database, 1), AS_OF)
    (path,) = tmp_path.glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(EvidenceMissing, match="not as it was sealed"):
        list(thin(database, tmp_path, before=NOW, thinned_at=NOW))


def test_a_page_is_found_by_the_digest_a_finding_names(tmp_path: Path, database: Database) -> None:
    scan_id = scan(database, tmp_path, registered_sites(database, 1), AS_OF)
    archive = Archive(tmp_path, lambda *place: find_kept(database, *place))
    kept = find_kept(database, scan_id, 1, 1)
    assert kept is not None
    block = archive.block(1, kept)
    page = find_page([block], "http://www.s1.gov.cn/", "")
    assert page is not None
    assert find_page([block], page.url, page.sha256) == page
    assert find_page([block], page.url, "0" * 64) is None
    assert find_page([block], "http://www.s1.gov.cn/other", "") is None


def test_what_a_killed_thinning_left_behind_is_removed_by_the_next(tmp_path: Path, database: Database) -> None:
    sites = registered_sites(database, 3)
    first = scan(database, tmp_path, sites, AS_OF, failed={1})
    (old,) = tmp_path.glob("*.warc.gz")
    content = old.read_bytes()
    list(thin(database, tmp_path, before=NOW, thinned_at=NOW))
    assert verify(database, first, tmp_path).damages == ()
    old.write_bytes(content)
    assert verify(database, first, tmp_path).damages == ((old.name, "added"),)
    assert list(thin(database, tmp_path, before=NOW, thinned_at=NOW)) == []
    assert verify(database, first, tmp_path).damages == () and not old.exists()
