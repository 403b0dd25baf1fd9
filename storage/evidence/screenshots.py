"""Screenshots of pages, taken out of the archive again."""

from functools import partial
from pathlib import Path

from crawler.snapshot import Screenshot
from storage.database import Database
from storage.errors import EvidenceMissing
from storage.evidence.index import find_kept, kept_of_site
from storage.evidence.reader import Archive, AuditBlock


def screenshots_of(block: AuditBlock) -> tuple[Screenshot, ...]:
    """Return the screenshots of an archived audit. Raises EvidenceMissing."""
    return tuple(Screenshot(url=kept.url, taken_at=kept.taken_at, image=block.content(kept.content)) for kept in block.account.screenshots)


def screenshots_of_site(database: Database, folder: Path, scan_id: int, site_id: int) -> tuple[Screenshot, ...]:
    """Return the screenshots of a site in a scan; none where the archive is not at hand: a report can do without. Raises StorageError."""
    archive = Archive(folder, partial(find_kept, database))
    try:
        return tuple(
            screenshot
            for kept in kept_of_site(database, scan_id, site_id)
            if kept.account is not None
            for screenshot in screenshots_of(archive.block(site_id, kept))
        )
    except EvidenceMissing:
        return ()
