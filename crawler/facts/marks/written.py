"""What the scripts of a page would write: their strings without comments and escapes, put together where the code joins them."""

import html
import re
from urllib.parse import unquote

from crawler.facts.tree.comments import without_markup_comments, without_script_comments
from crawler.facts.tree.text import half_width, without_escapes

_PERCENT = re.compile(r"%(?:[3E][0-9A-F]|u[0-9A-F]{4})", re.IGNORECASE)
_WIDE_PERCENT = re.compile(r"%u([0-9a-fA-F]{4})")
_TAG = re.compile(r"<[^<>]*>")
_SEAM = re.compile(
    r"""(["'`])\s*(?:\+|\)\s*;?\s*document\.write(?:ln)?\s*\(|;?\s*[\w.]{1,40}\s*\+=|\)\s*;?\s*[\w.]{1,40}\.push\s*\(|,)\s*\1"""
)
"""Where one string ends and the code goes on with the next."""
_LABELS = ("标识", "识别", "ICP", "icp", "备案", "安备", "主办")
"""Without one of these in it, nothing that strings may be joined to is of use."""


def without_comments(script: str) -> str:
    """Return a script without its comments, percent and backslash escapes of written markup undone."""
    script = without_markup_comments(without_script_comments(_uncovered(script)))
    if "%" in script and _PERCENT.search(script):
        script = unquote(_WIDE_PERCENT.sub(lambda match: chr(int(match[1], 16)), script), errors="replace")
    return without_escapes(script)


def written_text(scripts: str) -> str:
    """Return the text of what scripts write, without tags, half-width."""
    text = html.unescape(_TAG.sub("", scripts))
    return half_width(_SEAM.sub("", text) if any(label in text for label in _LABELS) else text)


def _uncovered(script: str) -> str:
    """Return a script without the comment marks around it, by which old pages hid it from older browsers."""
    stripped = script.strip()
    if not stripped.startswith("<!--") or stripped.find("-->") not in (-1, len(stripped) - 3):
        return script
    return stripped.partition("\n")[2].removesuffix("-->")
