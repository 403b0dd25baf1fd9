"""Evidence: exchanges come back as they were received, other readers open the files, nothing is changed unnoticed."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from crawler.net.browser.messages import RenderTask
from crawler.net.browser.renderer import Rendered
from crawler.snapshot import RenderOutcome, RenderReason, Screenshot
from storage.audits import record_audits
from storage.database import Database
from storage.errors import EvidenceMissing, EvidenceUnwritable
from storage.evidence.index import find_kept, iterate_kept, known_responses
from storage.evidence.manifest import seal, strangers, verify
from storage.evidence.pages import find_page
from storage.evidence.reader import Archive, AuditBlock, audits_of_file
from storage.evidence.screenshots import screenshots_of
from storage.evidence.tables import evidence_files
from storage.evidence.writer import AuditRecorder, EvidencePlace, ShardWriter
from storage.scans import plan_scan
from tests.storage.evidence_samples import FETCHED, PAGE, account, compressed, event, keep, refused
from tests.storage.storage_samples import AS_OF, audit_of, finding, registered_sites

SEALED = datetime(2018, 3, 2, tzinfo=UTC)


def blocks_of(path: Path) -> list[AuditBlock]:
    """Read the audits of a file without an index."""
    archive = Archive(path.parent, lambda *_: None)
    return [archive.block(site_id, kept) for _, site_id, kept in audits_of_file(path)]


@pytest.fixture
def open_writer(tmp_path: Path) -> Callable[..., ShardWriter]:
    """Open the archive file of a process."""
    return lambda scan_id=1: ShardWriter(
        EvidencePlace(folder=str(tmp_path / "evidence"), scan_id=scan_id, began=AS_OF, user_agent="xuncha/test")
    )


def file_of(tmp_path: Path, number: int = 1) -> Path:
    return tmp_path / "evidence" / f"scan-000001-20180228T160000Z-{number:03d}.warc.gz"


def scan_kept(database: Database, open_writer: Callable[..., ShardWriter], sites: int = 2) -> int:
    """Store a scan of some sites with their evidence, and return its id."""
    registered = registered_sites(database, sites)
    scan_id = plan_scan(database, as_of=AS_OF, standard="s", site_ids=[site.site_id for site in registered], started_at=AS_OF)
    writer = open_writer(scan_id)
    results = []
    for site in registered:
        kept = keep(writer, event("/"), event(f"/{site.site_id}", b"x" * 2000), site_id=site.site_id, scan_id=scan_id)
        results.append(audit_of(site, finding("columns_empty"), evidence=kept))
    writer.close()
    record_audits(database, scan_id, results)
    return scan_id


def test_rendered_documents_and_screenshots_come_back_and_other_readers_know_them(
    tmp_path: Path, open_writer: Callable[..., ShardWriter]
) -> None:
    recorder = AuditRecorder(1, 1)
    recorder.take(event("/"), 0.0)
    task = RenderTask(url="http://www.s1.gov.cn/", reason=RenderReason.SHELL, headers=(), body=PAGE, hosts=("s1.gov.cn",))
    shown = Rendered(
        outcome=RenderOutcome.RENDERED, url="http://www.s1.gov.cn/#/home", document="<p>青禾县".encode(), complete=True,
        asked=("http://www.s1.gov.cn/app.js",), rendered_at=FETCHED, seconds=1.5,
    )  # fmt: skip
    recorder.take_rendering(task, shown, 2.0)
    recorder.take_rendering(task, Rendered(outcome=RenderOutcome.TIMEOUT, rendered_at=FETCHED), 3.0)
    recorder.take_screenshot(Screenshot(url="http://www.s1.gov.cn/", taken_at=FETCHED, image=b"\xff\xd8"))
    writer = open_writer()
    writer.append(recorder.finish(account()))
    writer.close()
    (block,) = blocks_of(file_of(tmp_path))
    first, second = block.account.renderings
    assert first.document is not None
    assert (block.content(first.document), first.reason, first.asked) == (shown.document, RenderReason.SHELL, shown.asked)
    assert (second.outcome, second.document) == (RenderOutcome.TIMEOUT, None)
    assert [screenshot.image for screenshot in screenshots_of(block)] == [b"\xff\xd8"]
    found = find_page([block], "http://www.s1.gov.cn/", hashlib.sha256(shown.document).hexdigest())
    assert found is not None
    assert found.content == shown.document
    with file_of(tmp_path).open("rb") as file:
        kinds = [(record.rec_type, record.rec_headers.get_header("WARC-Target-URI")) for record in ArchiveIterator(file)]
    assert ("conversion", shown.url) in kinds
    assert ("resource", "urn:view:http://www.s1.gov.cn/") in kinds


def test_answers_come_back_as_they_were_received(tmp_path: Path, open_writer: Callable[..., ShardWriter]) -> None:
    events = (event("/"), refused("/gone"), compressed("/packed"))
    keep(open_writer(), *events)
    (block,) = blocks_of(file_of(tmp_path))
    for kept, each in zip(block.account.exchanges, events, strict=True):
        assert (kept.url, kept.status, kept.failure) == (each.exchange.request.url, each.exchange.status, each.exchange.failure)
        if kept.response is not None:
            answer = block.answer(block.account.responses[kept.response])
            assert answer == (each.exchange.headers, each.exchange.raw_body)


@pytest.mark.parametrize("reader", ["warcio", "fastwarc"])
def test_other_readers_open_the_files(tmp_path: Path, open_writer: Callable[..., ShardWriter], reader: str) -> None:
    writer = open_writer()
    keep(writer, event("/"), event("/same"), refused("/gone"), compressed("/packed"))
    writer.close()
    found: list[tuple[str, str | None, bytes]] = []
    with file_of(tmp_path).open("rb") as file:
        if reader == "warcio":
            for record in ArchiveIterator(file, check_digests="raise"):
                body = record.content_stream().read()
                found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body))
        else:
            for each in FastIterator(file):
                whole = each.record_type != WarcRecordType.response or each.verify_payload_digest()
                assert whole
                found.append((each.headers["WARC-Type"], each.headers.get("WARC-Target-URI"), b""))
    assert [kind for kind, _, _ in found] == [
        "warcinfo", "request", "response", "request", "revisit", "request", "request", "response", "metadata",
    ]  # fmt: skip
    assert found[2][1] == "http://www.s1.gov.cn/"
    if reader == "warcio":
        assert found[2][2] == PAGE
        assert found[7][2] == PAGE


def test_an_unchanged_page_is_referred_to_and_found_again(
    tmp_path: Path, database: Database, open_writer: Callable[..., ShardWriter]
) -> None:
    first = scan_kept(database, open_writer)
    known = known_responses(database, [1])[1]
    assert {response.origin for response in known} == {(first, 1)}
    second = plan_scan(database, as_of=SEALED, standard="s", site_ids=[1], started_at=SEALED)
    writer = open_writer(second)
    again = keep(writer, event("/moved"), scan_id=second, known=known)
    assert again.length < len(PAGE)
    archive = Archive(tmp_path / "evidence", lambda scan_id, site_id, look: find_kept(database, scan_id, site_id, look))
    block = archive.block(1, again)
    assert block.account.responses[0].origin == (first, 1)
    assert block.answer(block.account.responses[0]).raw_body == PAGE


def test_a_small_answer_is_always_kept_whole(open_writer: Callable[..., ShardWriter]) -> None:
    kept = keep(open_writer(), event("/", b"small"), event("/b", b"small"))
    assert [response.origin for response in kept.responses] == [None, None]


def test_what_a_killed_writer_left_is_passed_over_and_cut_off(
    tmp_path: Path, database: Database, open_writer: Callable[..., ShardWriter]
) -> None:
    scan_id = scan_kept(database, open_writer)
    path = file_of(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[400:900])
    assert [block.account.site_id for block in blocks_of(path)] == [1, 2]
    seal(database, scan_id, tmp_path / "evidence", SEALED)
    assert path.read_bytes() == whole


def test_a_resumed_scan_writes_a_file_of_its_own(tmp_path: Path, open_writer: Callable[..., ShardWriter]) -> None:
    keep(open_writer(), event("/"))
    before = file_of(tmp_path).read_bytes()
    keep(open_writer(), event("/"))
    assert file_of(tmp_path).read_bytes() == before
    assert file_of(tmp_path, 2).exists()


def test_the_index_finds_every_block(tmp_path: Path, database: Database, open_writer: Callable[..., ShardWriter]) -> None:
    scan_id = scan_kept(database, open_writer, sites=3)
    archive = Archive(tmp_path / "evidence", lambda *_: None)
    for site_id, (kept,) in iterate_kept(database, scan_id):
        account = archive.block(site_id, kept).account
        assert (account.scan_id, account.site_id) == (scan_id, site_id)
        assert [(each.digest, each.offset, each.length) for each in account.responses] == list(kept.bodies)
    with pytest.raises(EvidenceMissing, match="does not hold the audit of site 2"):
        archive.block(2, kept)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("flip", "changed"), ("cut", "shorter"), ("append", "longer"), ("remove", "missing"), ("add", "added"), ("list", "list_beside"),
    ],
)  # fmt: skip
def test_the_manifest_names_what_is_damaged(
    tmp_path: Path, database: Database, open_writer: Callable[..., ShardWriter], change: str, kind: str
) -> None:
    scan_id = scan_kept(database, open_writer)
    folder, path = tmp_path / "evidence", file_of(tmp_path)
    assert not verify(database, scan_id, folder).sealed
    seal(database, scan_id, folder, SEALED)
    whole = verify(database, scan_id, folder)
    assert (whole.sealed, len(whole.names), whole.bytes, whole.damages) == (True, 1, path.stat().st_size, ())
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    if change == "remove":
        path.unlink()
    elif change == "list":
        path = folder / "scan-000001-20180228T160000Z.sha256"
        path.write_text("")
    elif change == "add":
        path = Path(shutil.copy(path, file_of(tmp_path, 2)))
    else:
        path.write_bytes({"flip": content, "cut": content[:-5], "append": content + b"x"}[change])
    assert verify(database, scan_id, folder).damages == ((path.name, kind),)


def test_files_of_nobody_are_removed_at_sealing_and_told_apart(
    tmp_path: Path, database: Database, open_writer: Callable[..., ShardWriter]
) -> None:
    scan_id = scan_kept(database, open_writer)
    folder = tmp_path / "evidence"
    keep(open_writer(), event("/"))  # by a process that was killed before anything of it was stored
    other = folder / "scan-000001-20200101T000000Z-001.warc.gz"
    other.touch()  # of another database
    seal(database, scan_id, folder, SEALED)
    assert not file_of(tmp_path, 2).exists() and verify(database, scan_id, folder).damages == ()
    assert strangers(database, folder) == (other.name,)


def test_evidence_that_is_named_as_at_first_is_checked_by_its_digests(
    tmp_path: Path, database: Database, open_writer: Callable[..., ShardWriter]
) -> None:
    scan_id = scan_kept(database, open_writer)
    folder, first = tmp_path / "evidence", tmp_path / "evidence" / "scan-000001-001.warc.gz"
    file_of(tmp_path).rename(first)
    with database.writing() as connection:
        connection.execute(evidence_files.update().values(name=first.name))
    seal(database, scan_id, folder, SEALED)
    (listed,) = folder.glob("*.sha256")
    listed = listed.rename(folder / "scan-000001.sha256")
    state = verify(database, scan_id, folder)
    assert (state.damages, state.named_by_number, strangers(database, folder)) == ((), True, ())
    listed.write_text("of another database")
    assert strangers(database, folder) == (listed.name,)
    first.write_bytes(b"")
    assert [damage.kind for damage in verify(database, scan_id, folder).damages] == ["shorter", "list_beside"]


def test_a_full_disk_is_told_and_leaves_no_half_block(
    tmp_path: Path, open_writer: Callable[..., ShardWriter], monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    writer = open_writer()
    keep(writer, event("/"))
    size, write = file_of(tmp_path).stat().st_size, os.write

    def full(file: int, content: bytes) -> int:
        if len(content) < 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(file, content[: len(content) // 2])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(EvidenceUnwritable, match="no room left for evidence"):
        keep(writer, event("/b", bytes(range(256)) * 40))
    monkeypatch.undo()
    assert file_of(tmp_path).stat().st_size == size
    keep(writer, event("/c"))
    assert len(blocks_of(file_of(tmp_path))) == 2


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no archive")
    with pytest.raises(EvidenceMissing, match="is no archive of xuncha"):
        blocks_of(path)


def test_the_account_survives_any_text(open_writer: Callable[..., ShardWriter], tmp_path: Path) -> None:
    hostile = event("/", headers=(("x-evil", "a\r\nWARC-Type: response"), ("content-type", "text/html")))
    keep(open_writer(), hostile)
    (block,) = blocks_of(file_of(tmp_path))
    assert len(block.answer(block.account.responses[0]).headers) == 2
    assert msgspec.json.encode(block.account.job) == b'{"site":1}'
