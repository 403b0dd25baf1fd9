"""What is done to a page's text before the parser sees it: what no reader sees is taken out, and hostile markup is bounded.

The parser cannot be interrupted and needs time that grows with the square of the nesting depth and of the attributes of one tag:
the bounds are therefore enforced here, by scans that are linear in the size of the page.
"""

import re
from typing import NamedTuple

MAXIMUM_CHARACTERS = 2_000_000
"""More is cut off. Real pages of government sites stay under 1,000,000."""

MAXIMUM_DEPTH = 2_000
MAXIMUM_OPEN_FORMATS = 300
"""Unclosed `font`, `b` … are opened again by the parser in every following paragraph: their number multiplies the tree."""

MAXIMUM_ATTRIBUTES = 500

SCRIPT_ATTRIBUTE = "data-script"
"""Put on every script element that had a text: its position in `PreparedMarkup.scripts`."""

_TAGS_WITHOUT_FORMAT_SCAN = 2_000
_TAGS_WITHOUT_DEPTH_SCAN = 20_000
_CHARACTERS_WITHOUT_ATTRIBUTE_SCAN = 100_000

_UNSEEN = re.compile(r"<(?:!--|(script|style|noscript)(?=[\s/>]))", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")
_END_TAGS = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*>?", re.IGNORECASE) for name in ("script", "style", "noscript")}
_COLONS = "∶︰﹕"
"""What input methods write for a full-width colon."""
_INVISIBLE = "\x00\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE_REFERENCES = ("&#8203;", "&#65279;", "&zwnj;", "&zwj;")
_FORMAT = re.compile(r"<(/?)(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^>]*>?", re.IGNORECASE)
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>?")
_LONG_TAG = re.compile(
    rf"<([a-zA-Z][^\s/><]*+)(?:[\s/]++(?:[^\s/>=]++|=)(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+){{{MAXIMUM_ATTRIBUTES},}}+[^>]*+>?"
)


class PreparedMarkup(NamedTuple):
    """Markup fit for the parser, the texts of its inline scripts and noscript parts, and whether anything was cut or flattened."""

    markup: str
    scripts: tuple[str, ...]
    unshown: tuple[str, ...]
    limited: bool


def prepare(source: str) -> PreparedMarkup:
    """Take comments, scripts, styles and noscript parts out of a page, and bound its size, depth and attributes."""
    limited = len(source) > MAXIMUM_CHARACTERS
    visible = source[:MAXIMUM_CHARACTERS]
    for character in _INVISIBLE:
        if character in visible:  # four times as fast as a class of all of them, and mostly none is there
            visible = visible.replace(character, "")
    for reference in _INVISIBLE_REFERENCES:
        if reference in visible:
            visible = visible.replace(reference, "")
    for colon in _COLONS:
        if colon in visible:
            visible = visible.replace(colon, "：")
    markup, scripts, unshown = _take_out_unseen(visible)
    for bound in (_bound_attributes, _bound_formats, _bound_depth):
        bounded = bound(markup)
        limited = limited or bounded is not markup
        markup = bounded
    return PreparedMarkup(markup, scripts, unshown, limited)


def _take_out_unseen(source: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    pieces: list[str] = []
    scripts: list[str] = []
    unshown: list[str] = []
    unclosed: set[str] = set()
    start = position = 0
    while opening := _UNSEEN.search(source, position):
        name = (opening.group(1) or "").lower()
        position = opening.end()
        if name in unclosed:
            continue
        body = position if not name else source.find(">", position) + 1
        ending = (_END_TAGS[name] if name else _COMMENT_END).search(source, max(0, body - 2) if not name else body) if body else None
        if ending is None and name in ("noscript", ""):
            # An unclosed comment or noscript swallows the rest in a browser; taken literally it would hide marks that later text shows.
            unclosed.add(name)
            continue
        end, next_position = (ending.start(), ending.end()) if ending else (len(source), len(source))
        pieces.append(source[start : opening.start()])
        if name == "script" and body:
            pieces.append(_script_tag(source[opening.start() : body], source[body:end], scripts))
        elif name == "noscript":
            unshown.append(source[body:end])
        start = position = next_position
    pieces.append(source[start:])
    return "".join(pieces), tuple(scripts), tuple(unshown)


def _script_tag(tag: str, text: str, scripts: list[str]) -> str:
    """Return the empty element that stands for a script, with its own attributes; keep its text apart."""
    if not text.strip():
        return tag + "</script>"
    scripts.append(text)
    return f'<script {SCRIPT_ATTRIBUTE}="{len(scripts) - 1}"{tag[7:]}</script>'


def _bound_attributes(markup: str) -> str:
    if len(markup) <= _CHARACTERS_WITHOUT_ATTRIBUTE_SCAN:
        return markup
    bounded, count = _LONG_TAG.subn(r"<\1>", markup)
    return bounded if count else markup


def _bound_formats(markup: str) -> str:
    if markup.count("<") <= _TAGS_WITHOUT_FORMAT_SCAN:
        return markup
    opened = 0
    for tag in _FORMAT.finditer(markup):
        opened = max(0, opened - 1) if tag.group(1) else opened + 1
        if opened > MAXIMUM_OPEN_FORMATS:
            return _FORMAT.sub("", markup)
    return markup


def _bound_depth(markup: str) -> str:
    """Drop the tags that would nest deeper than the limit, were every open tag left open until its end tag."""
    if markup.count("<") <= _TAGS_WITHOUT_DEPTH_SCAN:
        return markup
    depth = 0
    dropped = 0

    def keep_or_drop(tag: re.Match[str]) -> str:
        nonlocal depth, dropped
        if tag.group(2).lower() in _VOID:
            return tag.group()
        if tag.group(1):
            depth = max(0, depth - 1)
            return tag.group()
        if depth >= MAXIMUM_DEPTH:
            dropped += 1
            return ""
        depth += 1
        return tag.group()

    bounded = _ANY_TAG.sub(keep_or_drop, markup)
    return bounded if dropped else markup
