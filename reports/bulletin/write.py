"""Writing a bulletin: every format and the tables beside it, into one folder."""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path

from reports.bulletin.compose import compose_bulletin
from reports.bulletin.document import Document
from reports.errors import FormatError, OutputError
from reports.figures.records import Figures
from reports.formats.docx import render_docx
from reports.formats.html import render_html
from reports.formats.markdown import render_markdown
from reports.formats.pdf import render_pdf
from reports.formats.tables import annex_tables, trace_bytes
from reports.formats.xlsx import render_annexes
from reports.profile import Profile
from reports.trend.page import render_trend
from reports.trend.series import QuarterSummary

_Rendered = tuple[bytes, tuple[str, ...]]
"""The content of a file, and what the reader must be warned of, such as fonts that were replaced."""
_Render = Callable[[Document, Profile], _Rendered]
_RENDERERS: dict[str, tuple[str, _Render]] = {
    # First: it takes the most memory, and the others find room in what it leaves (measured on a whole registry).
    "pdf": ("bulletin.pdf", lambda document, _: render_pdf(document)),
    "docx": ("bulletin.docx", lambda document, profile: (render_docx(document, profile.word_template), ())),
    "xlsx": ("annexes.xlsx", lambda document, _: (render_annexes(document), ())),
    "html": ("bulletin.html", lambda document, _: (render_html(document).encode(), ())),
    "md": ("bulletin.md", lambda document, _: (render_markdown(document).encode(), ())),
}
FORMATS = tuple(_RENDERERS)
"""The formats that `write_bulletin` knows, as the command line names them."""


def write_bulletin(
    figures: Figures,
    profile: Profile,
    directory: Path,
    formats: Collection[str] | None = None,
    *,
    past: Iterable[QuarterSummary] = (),
    internal: bool = False,
    notes: Iterable[str] = (),
) -> tuple[Path, ...]:
    """Write the bulletin in the formats asked for, with `annex1.csv` to `annex3.csv`, `trace.json` and `warnings.txt`,
    and `trend.html` once an earlier quarter was kept.

    `formats` None stands for all that can be rendered here; one that cannot, such as PDF without its extra or a Chinese font, is then told
    in `warnings.txt`; `notes`, of whoever gathered the figures, come first in it. Nothing is written unless everything asked for could be
    rendered. Returns the files written. Raises `FiguresError` where the figures contradict each other, `FormatError` for an unknown
    format, `OutputError` for one that cannot be rendered here, or a folder that cannot be written.
    """
    unknown = [name for name in formats or () if name not in _RENDERERS]
    if unknown:
        raise FormatError("no_such_format", name=unknown[0], known=", ".join(FORMATS))
    past = tuple(past)
    document = compose_bulletin(figures, profile, past, internal=internal)
    files: dict[str, bytes] = {}
    warnings = (*notes, *document.warnings)
    for name, (file, render) in _RENDERERS.items():
        if formats is None or name in formats:
            content, more = _rendered(file, render, document, profile, optional=formats is None)
            warnings += more
            if content:
                files[file] = content
    files |= annex_tables(figures, profile, past)
    trend = render_trend(figures, profile, past)
    if trend:
        files["trend.html"] = trend.encode()
    files["trace.json"] = trace_bytes(document)
    files["warnings.txt"] = "".join(f"{line}\n" for line in warnings).encode()
    return tuple(_write(directory, name, content) for name, content in files.items())


def _rendered(file: str, render: _Render, document: Document, profile: Profile, *, optional: bool) -> _Rendered:
    try:
        return render(document, profile)
    except OutputError as error:
        if not optional:
            raise
        return b"", (f"未生成{file}：{error.said('zh')}",)


def _write(directory: Path, name: str, content: bytes) -> Path:
    """Write a file in one step, so that a reader never meets half of it."""
    draft = directory / f".{name}.part"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        return draft.replace(directory / name)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise OutputError("report_unwritable", path=directory / name, why=error.strerror) from error
