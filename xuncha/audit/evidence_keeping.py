"""Keeping the evidence of audits: where it goes, and the exchanges of one audit on their way there."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from crawler.facts.records import Record
from crawler.limits import GatherSettings
from crawler.net.browser.loader import Loader
from crawler.net.browser.messages import RenderTask
from crawler.net.browser.renderer import Rendered, Renderer
from crawler.net.visit import Event
from crawler.snapshot import Screenshot, SiteSnapshot
from storage.evidence.records import AuditAccount, KeptAudit, KeptResponse
from storage.evidence.writer import AuditRecorder, EvidencePlace, ShardWriter
from storage.records import Scan
from xuncha.settings import Settings

NONE = "none"
"""What `--evidence` takes for "keep none"."""


def evidence_folder(settings: Settings) -> Path | None:
    """Return the folder that evidence is kept in: the one that is set, else one beside the database; None where none is kept."""
    if settings.evidence is not None:
        return Path(settings.evidence) if settings.evidence not in ("", NONE) else None
    if "://" in settings.db:
        return Path("xuncha-evidence")
    database = Path(settings.db)
    return database.with_name(f"{database.stem}-evidence")


def evidence_place(settings: Settings, scan: Scan) -> EvidencePlace | None:
    """Return where a scan's evidence goes; None where none is kept."""
    folder = evidence_folder(settings)
    if folder is None:
        return None
    return EvidencePlace(folder=str(folder), scan_id=scan.scan_id, began=scan.started_at, user_agent=settings.user_agent)


@contextmanager
def open_archive(place: EvidencePlace | None) -> Iterator["EvidenceArchive | None"]:
    """Open the archive file of this process; None where no evidence is kept. Raises EvidenceUnwritable at the end."""
    if place is None:
        yield None
        return
    writer = ShardWriter(place)
    try:
        yield EvidenceArchive(writer, place.scan_id)
    finally:
        writer.close()


class EvidenceArchive:
    """The archive of one process within a scan."""

    def __init__(self, writer: ShardWriter, scan_id: int) -> None:
        self._writer = writer
        self._scan_id = scan_id

    def begin(self, site_id: int, look: int, known: tuple[KeptResponse, ...]) -> "AuditKeeping":
        """Begin to keep the exchanges of an audit."""
        return AuditKeeping(self._writer, AuditRecorder(self._scan_id, look, known), self._scan_id, site_id, look)


class AuditKeeping:
    """The evidence of one audit that is under way."""

    def __init__(self, writer: ShardWriter, recorder: AuditRecorder, scan_id: int, site_id: int, look: int) -> None:
        self._writer = writer
        self._recorder = recorder
        self._names = (scan_id, site_id, look)
        self._began = asyncio.get_running_loop().time()
        self._renderer: Renderer | None = None

    def take(self, event: Event) -> None:
        """Keep an exchange."""
        self._recorder.take(event, self._now())

    def take_screenshot(self, screenshot: Screenshot) -> None:
        """Keep a screenshot."""
        self._recorder.take_screenshot(screenshot)

    def recorded(self, renderer: Renderer | None) -> Renderer | None:
        """Return a renderer of which everything is kept; None where there is none."""
        self._renderer = renderer
        return self if renderer is not None else None

    async def render(self, task: RenderTask, loader: Loader, *, wait: float) -> Rendered:
        """Render a page and keep what came of it; see `Renderer`."""
        assert self._renderer is not None
        rendered = await self._renderer.render(task, loader, wait=wait)
        self._recorder.take_rendering(task, rendered, self._now())
        return rendered

    def _now(self) -> float:
        return asyncio.get_running_loop().time() - self._began

    def finish(self, snapshot: SiteSnapshot, *, job: Record, as_of: datetime, standard: str, limits: GatherSettings) -> KeptAudit:
        """Write the exchanges, and what it takes to carry the audit out again. Raises EvidenceUnwritable."""
        scan_id, site_id, look = self._names
        account = AuditAccount(
            scan_id=scan_id,
            site_id=site_id,
            look=look,
            as_of=as_of,
            standard=standard,
            limits=limits,
            job=msgspec.Raw(msgspec.json.encode(job)),
            started_at=snapshot.started_at,
            finished_at=snapshot.finished_at,
            seconds=snapshot.seconds,
            out_of_time=snapshot.seconds >= limits.deadline,
            browser=self._renderer is not None,
        )
        return self._writer.append(self._recorder.finish(account))
