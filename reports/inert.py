"""Text of sites and registries is hostile: how it is made harmless before it is printed."""

import re
import unicodedata

_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Cn"})
"""Controls, bidirectional and other invisible format characters, lone surrogates, and what Unicode does not assign."""
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""Excel reads the full-width forms as formulas too where an East Asian input method is installed."""
LONGEST_CELL = 32_767
"""Characters that Excel takes in one cell; a longer text makes the whole workbook invalid."""
_ORDINARY = re.compile(r"[ -~一-鿿，。、；：？！（）《》〔〕“”‘’—·…]*")


def plain(text: str) -> str:
    """Return the text on one line, without control, bidirectional, invisible and unassigned characters, and without spaces around it."""
    if _ORDINARY.fullmatch(text):
        return text.strip()
    kept = (" " if character.isspace() else character for character in text if character.isspace() or _is_visible(character))
    return "".join(kept).strip()


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _DROPPED_CATEGORIES


def spreadsheet_text(text: str) -> str:
    """Return the text so that no spreadsheet program takes it for a formula, also after it is saved and opened again."""
    clean = plain(text)
    return ("'" + clean if clean.startswith(_FORMULA_STARTS) else clean)[:LONGEST_CELL]


def markdown_text(text: str) -> str:
    """Return the text so that a Markdown reader prints it as it is: no markup, no HTML, no link."""
    escaped = re.sub(r"([\\`*_\[\]<>|~&$@])", r"\\\1", plain(text))
    return re.sub(r"(?i)(?<=\bwww)\.", r"\\.", escaped.replace("://", r"\://"))
