"""Setting a template in Typst (the extra `pdf`). Texts go in as data and are never read as Typst source."""

import json
from importlib import resources
from typing import Any

from reports.errors import OutputError
from reports.formats.fonts import Role, choose_fonts


def typeset(template: str, data: dict[str, Any]) -> tuple[bytes, tuple[str, ...]]:
    """Return a PDF with embedded fonts, and a warning for each font that had to be replaced; the same data give the same bytes.

    `data` reaches the template as JSON, with the chosen `fonts`. Raises `OutputError` where Typst or every Chinese font is missing.
    """
    try:
        import typst
    except ImportError as error:
        raise OutputError("no_typst") from error
    fonts = typst.Fonts()
    chosen = choose_fonts(fonts.families())
    named: dict[str, Any] = {role.value: list(names) for role, names in chosen.families.items()}
    # 小标宋 is a bold face by itself; its free stand-ins are set bold.
    named["title-weight"] = "bold" if chosen.families[Role.TITLE][0].startswith(("Fandol", "Noto", "Source")) else "regular"
    source = resources.files("reports").joinpath("templates", template).read_bytes()
    inputs = {"document": json.dumps(data | {"fonts": named}, ensure_ascii=False)}
    try:
        # Tags for screen readers multiply a table of thousands of rows by twenty; the HTML page is the accessible one.
        content = typst.Compiler(source, font_paths=fonts, sys_inputs=inputs).compile(format="pdf", timestamp=0, pdf_tags=False)
    except typst.TypstError as error:
        raise OutputError("typst_failed", why=error.message) from error
    if not isinstance(content, bytes):
        raise OutputError("typst_failed", why=type(content).__name__)
    return content, chosen.warnings
