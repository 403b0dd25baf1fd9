"""What a body is, whatever its label says: a web page, nothing, or something else. Pure."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """What a body is."""

    HTML = "html"
    EMPTY = "empty"
    OTHER = "other"


_SNIFFED = 2_048
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"\x00\x00\x01\x00",
)
_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", "text/vnd.wap.wml")
_TEXT_TYPES = (
    "text/plain",
    "application/octet-stream",
    "application/xml",
    "text/xml",
    "text/asp",
    "text/x-server-parsed-html",
    "application/x-httpd-php",
)
_TAGS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<title",
    b"<meta",
    b"<script",
    b"<table",
    b"<div",
    b"<frameset",
    b"<iframe",
    b"<a ",
    b"<p",
    b"<br",
)


_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\f\r\x1b"})
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def _is_binary(head: bytes, content_type: str) -> bool:
    """Tell whether these are no characters: a body whose compression was not announced is labelled as a page all the same.

    No encoding of the web but UTF-16, which must be announced, uses control characters as parts of others.
    """
    if head.startswith(_UTF_16) or "utf-16" in content_type.lower():
        return False
    return len(head) - len(head.translate(None, _CONTROLS)) > max(2, len(head) // 50)


def document_kind(body: bytes, content_type: str) -> DocumentKind:
    """Tell what a decoded body is, by its first bytes before its label, as browsers sniff.

    UTF-16 is recognised by its byte order mark or its label, as in browsers. A body of blanks is empty.
    """
    head = body[:_SNIFFED]
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return DocumentKind.EMPTY if len(body) <= _SNIFFED or not body.strip() else DocumentKind.OTHER
    if head.startswith(_MAGIC) or _is_binary(head, content_type):
        return DocumentKind.OTHER
    label = content_type.partition(";")[0].strip().lower()
    if label in _HTML_TYPES:
        return DocumentKind.HTML
    if label == "" or label in _TEXT_TYPES or "/" not in label:
        text = head.replace(b"\x00", b"").lower()
        return DocumentKind.HTML if any(tag in text for tag in _TAGS) else DocumentKind.OTHER
    return DocumentKind.OTHER
