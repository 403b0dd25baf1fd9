"""Writing a bulletin: every format and the tables beside it, into one folder."""

import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from reports.bulletin.compose import compose_bulletin
from reports.bulletin.document import Document
from reports.errors import OutputError
from reports.figures import Figures
from reports.formats.docx import render_docx
from reports.formats.html import render_html
from reports.formats.markdown import render_markdown
from reports.formats.pdf import render_pdf
from reports.formats.tables import annex_tables, trace_bytes
from reports.formats.xlsx import render_annexes
from reports.profile import Profile

_RENDERERS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "docx": ("bulletin.docx", render_docx),
    "pdf": ("bulletin.pdf", render_pdf),
    "xlsx": ("annexes.xlsx", render_annexes),
    "html": ("bulletin.html", lambda document: render_html(document).encode()),
    "md": ("bulletin.md", lambda document: render_markdown(document).encode()),
}
FORMATS = tuple(_RENDERERS)
"""The formats that `write_bulletin` knows, as the command line names them."""


def write_bulletin(figures: Figures, profile: Profile, directory: Path, formats: Collection[str] = FORMATS) -> tuple[Path, ...]:
    """Write the bulletin in the formats asked for, with `annex1.csv` to `annex3.csv`, `trace.json` and `warnings.txt`.

    Nothing is written unless everything could be rendered. Returns the files written. Raises `FiguresError` where the figures contradict
    each other, `OutputError` for an unknown format, a format whose extra is not installed, or a folder that cannot be written.
    """
    unknown = [name for name in formats if name not in _RENDERERS]
    if unknown:
        raise OutputError(f"There is no format {unknown[0]!r}; choose from {', '.join(FORMATS)}.")
    document = compose_bulletin(figures, profile)
    files = {}
    for name in FORMATS:
        if name in formats:
            file, render = _RENDERERS[name]
            files[file] = render(document)
    files |= annex_tables(figures, profile.thresholds.below_percent)
    files["trace.json"] = trace_bytes(document)
    files["warnings.txt"] = "".join(f"{line}\n" for line in document.warnings).encode()
    return tuple(_write(directory, name, content) for name, content in files.items())


def _write(directory: Path, name: str, content: bytes) -> Path:
    """Write a file in one step, so that a reader never meets half of it."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=directory, prefix=f".{name}.", delete=False) as draft:
            draft.write(content)
        path = Path(draft.name)
        path.chmod(0o644)
        return path.replace(directory / name)
    except OSError as error:
        raise OutputError(f"{directory / name} cannot be written: {error.strerror}.") from error
