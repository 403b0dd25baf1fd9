"""Which encoding a page is in, and its text: BOM, HTTP header, WHATWG prescan, strict UTF-8, detection, in that order."""

import codecs
import re
from typing import NamedTuple

import cchardet
import webencodings

from crawler.facts.encoding.legacy_chinese import decode_big5, decode_gb18030

PRESCAN_BYTES = 1024
"""How much of a page the prescan of the WHATWG HTML Standard (13.2.3.2) looks at."""

DEFAULT_ENCODING = "windows-1252"
"""What a browser falls back to, and what the public suites expect where nothing is declared."""

_LATE_BYTES = 16_384
_DETECTION_BYTES = 65_536
_BROKEN_UTF8 = 0.1
"""Systems cut titles in the middle of a character; a text in another encoding read as UTF-8 is broken nearly everywhere."""

_CHINESE = frozenset({"gb18030", "big5"})
_LEGACY_CHINESE = {"gb18030": decode_gb18030, "big5": decode_big5}
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16be"), (codecs.BOM_UTF16_LE, "utf-16le"))
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';]+)", re.IGNORECASE)
_SPACE = rb"[\t\n\f\r ]*"
_CONTENT_CHARSET = re.compile(
    rb"charset" + _SPACE + rb"=" + _SPACE + rb"(?:\"([^\"]*)\"|'([^']*)'|([^\"'\t\n\f\r ;][^\t\n\f\r ;]*))",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*([^\t\n\f\r /=>][^\t\n\f\r /=>]*)"
    rb"(?:" + _SPACE + rb"=" + _SPACE + rb"(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r >\"'][^\t\n\f\r >]*)|(?=>)))?"
)
_TAG = re.compile(rb"<(?:!--|/?[a-zA-Z]|[!/?])")
_META = re.compile(rb"<meta[\t\n\f\r /]", re.IGNORECASE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_BEYOND_ASCII_BYTE = re.compile(rb"[\x80-\xff]")


class DecodedPage(NamedTuple):
    """The text of a page and the encoding it was read in, named as in the WHATWG Encoding Standard, lower case."""

    text: str
    encoding: str


def encoding_of_label(label: str) -> str | None:
    """Return the encoding a label stands for (WHATWG Encoding Standard), or None; gbk and gb2312 are read as gb18030."""
    found = webencodings.lookup(label)
    if found is None:
        return None
    return "gb18030" if found.name == "gbk" else str(found.name)


def byte_order_mark(content: bytes) -> str | None:
    """Return the encoding that a byte order mark declares, or None."""
    return next((name for mark, name in _BOMS if content.startswith(mark)), None)


def prescan(content: bytes, limit: int = PRESCAN_BYTES) -> str | None:
    """Return the encoding declared by a meta element in the first 1,024 bytes (WHATWG HTML Standard 13.2.3.2), or None.

    With a higher `limit`: what a browser changes its mind to when its parser meets a declaration further down.
    """
    head = content[:limit]
    position = 0
    while tag := _TAG.search(head, position):
        position = tag.end()
        if tag.group() == b"<!--":
            end = head.find(b"-->", tag.start() + 2)
            if end < 0:
                return None
            position = end + 3
        elif _META.match(head, tag.start()):
            attributes, position = _read_attributes(head, tag.start() + 5)
            if (declared := _declared_by_meta(attributes)) is not None:
                return declared
        elif tag.group()[-1:].isalpha():
            position = _skip_name(head, position)
            _, position = _read_attributes(head, position)
        else:
            end = head.find(b">", position)
            if end < 0:
                return None
            position = end + 1
    return None


def sniff(content: bytes) -> str:
    """Answer the question of the prescan suites alone: BOM, else the declaration a browser would follow, else windows-1252."""
    return byte_order_mark(content) or prescan(content) or prescan(content, _LATE_BYTES) or DEFAULT_ENCODING


def detect(content: bytes, content_type: str | None = None) -> str:
    """Return the encoding a page is really in: a wrong declaration is mended where the bytes contradict it.

    Chinese sites declare gb2312 over UTF-8 bytes, and the other way round: UTF-8 that decodes strictly wins over any declaration
    once it holds a multi-byte character, and a declared UTF-8 that does not decode is looked at again.
    """
    if marked := byte_order_mark(content):
        return marked
    declared = _declared_by_header(content_type) or prescan(content) or prescan(content, _LATE_BYTES)
    if declared in ("utf-16le", "utf-16be"):
        return declared
    if content.isascii():
        return declared or "utf-8"
    if _is_utf8(content):
        return "utf-8"
    if declared and declared not in ("utf-8", DEFAULT_ENCODING) and _decodes(content, declared):
        return declared
    return _guess(content, declared)


def decode(content: bytes, content_type: str | None = None) -> DecodedPage:
    """Decode a page as a browser would, mending wrong declarations; never raises, bad bytes become U+FFFD."""
    encoding = detect(content, content_type)
    return DecodedPage(decode_as(content, encoding), encoding)


def decode_as(content: bytes, label: str) -> str:
    """Decode bytes in the encoding a label names; an unknown label is read as windows-1252. A byte order mark is dropped."""
    encoding = encoding_of_label(label) or DEFAULT_ENCODING
    for mark, name in _BOMS:
        if name == encoding and content.startswith(mark):
            content = content[len(mark) :]
    if encoding in _LEGACY_CHINESE:
        return _LEGACY_CHINESE[encoding](content)
    lookup = webencodings.lookup(encoding)
    return str(lookup.codec_info.decode(content, "replace")[0])


def _declared_by_header(content_type: str | None) -> str | None:
    match = _HTTP_CHARSET.search(content_type or "")
    return encoding_of_label(match.group(1)) if match else None


def _skip_name(head: bytes, position: int) -> int:
    while position < len(head) and head[position] not in b"\t\n\f\r >":
        position += 1
    return position


def _read_attributes(head: bytes, position: int) -> tuple[dict[bytes, bytes], int]:
    """Read the attributes of a tag from a position behind its name; return them and the position behind the tag."""
    attributes: dict[bytes, bytes] = {}
    while match := _ATTRIBUTE.match(head, position):
        value = match.group(2) or match.group(3) or match.group(4) or b""
        attributes.setdefault(match.group(1).lower(), value)
        position = match.end()
    end = head.find(b">", position)
    return (attributes, end + 1) if end >= 0 else ({}, len(head))


def _declared_by_meta(attributes: dict[bytes, bytes]) -> str | None:
    """Return what one meta element declares: `charset`, or `content` where http-equiv says Content-Type."""
    label: bytes | None = attributes.get(b"charset")
    if label is None and attributes.get(b"http-equiv", b"").lower() == b"content-type":
        match = _CONTENT_CHARSET.search(attributes.get(b"content", b""))
        label = next((group for group in match.groups() if group is not None), None) if match else None
    if label is None:
        return None
    encoding = encoding_of_label(label.decode("latin-1"))
    if encoding in ("utf-16le", "utf-16be"):
        return "utf-8"
    return "windows-1252" if encoding == "x-user-defined" else encoding


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page cut off in the middle of a character is still UTF-8.
        return error.reason == "unexpected end of data" and error.start >= len(content) - 3 and not content[: error.start].isascii()
    return True


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        webencodings.lookup(encoding).codec_info.decode(content, "strict")
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _broken_share(content: bytes, encoding: str) -> float:
    """Return how many of the characters beyond ASCII, as a share, have no meaning in an encoding.

    ASCII is the same in all of them: counted as well, it would drown the few Chinese words of a page that is mostly markup and scripts.
    """
    text = decode_as(content, encoding)
    return text.count("\ufffd") / max(1, len(_BEYOND_ASCII.findall(text)))


def _guess(content: bytes, declared: str | None) -> str:
    """Choose between the declaration, what the statistics say, and gb18030, the usual encoding of pages that declare nothing."""
    first = _BEYOND_ASCII_BYTE.search(content)
    start = first.start() if first else 0
    sample = content[start : start + _DETECTION_BYTES]
    if _broken_share(sample, "utf-8") < _BROKEN_UTF8:
        return "utf-8"
    statistics = cchardet.detect(sample)
    guessed = encoding_of_label(statistics.get("encoding") or "") or "gb18030"
    # Only Chinese encodings are believed on statistics alone: short titles are taken for Cyrillic, Greek or Vietnamese. Every byte
    # means something in windows-1252, so that it comes last: servers declare iso-8859-1 for pages they know nothing of.
    candidates = [declared] if declared and declared != DEFAULT_ENCODING else []
    candidates += [guessed] if guessed in _CHINESE else []
    candidates += ["gb18030", "utf-8"]
    candidates += [DEFAULT_ENCODING] if declared == DEFAULT_ENCODING else []
    return min(candidates, key=lambda name: round(_broken_share(sample, name), 3))
