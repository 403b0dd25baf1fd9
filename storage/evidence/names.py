"""What the files of a scan's evidence are called: by its number and by when it began, so that two databases may share a folder."""

from datetime import UTC, datetime


def stem_of(scan_id: int, began: datetime) -> str:
    """Return what the names of a scan's files begin with; `began` carries a zone."""
    return f"scan-{scan_id:06d}-{began.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def shard_name(stem: str, number: int) -> str:
    """Return the name of an archive file: the work of one process, counted from 1."""
    return f"{stem}-{number:03d}.warc.gz"


def shard_of(name: str) -> str:
    """Return what a file and its thinned versions have in common."""
    return name.removesuffix(".warc.gz").partition("-thinned")[0]


def list_name(stem: str) -> str:
    """Return the name of the list that `sha256sum --check` takes."""
    return f"{stem}.sha256"


def first_stem(scan_id: int) -> str:
    """Return what the first versions called a scan's files, by its number alone: evidence of then stays under these names."""
    return f"scan-{scan_id:06d}"
