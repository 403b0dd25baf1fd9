"""robots.txt (RFC 9309), read by protego under the token `xuncha`.

Protego is generous where the RFC, and the reference parser's public cases, are strict. The text is prepared so that it reads it as they do:
unknown lines do not end a group, a group's name is its leading product token, and percent escapes are compared as they are written.
"""

import re
from urllib.parse import quote

from protego import Protego

TOKEN = "xuncha"
"""The product token that site owners address us by."""

MAX_BYTES = 500 << 10
"""RFC 9309, 2.5: at least 500 kibibytes are read; what is beyond is not."""

_DIRECTIVE = re.compile(r"^\s*(user-?\s?agent|allow|diss?all?ow|crawl-?delay)\s*[:\s]\s*(.*)$", re.IGNORECASE)
_PRODUCT = re.compile(r"\*|[A-Za-z_-]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_MARKUP = re.compile(rb"^\s*<(?:!doctype|html|head|body|script|\?xml)", re.IGNORECASE)


class RobotsRules:
    """The rules of one host."""

    def __init__(self, text: str = "") -> None:
        self._rules = Protego.parse(_prepared(text)) if text else None

    @classmethod
    def from_bytes(cls, content: bytes) -> "RobotsRules":
        """Read a robots.txt as served; a web page in its place holds no rules. Bytes that are not UTF-8 are replaced."""
        if _MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")):
            return cls()
        return cls(content[:MAX_BYTES].decode("utf-8-sig", errors="replace"))

    def allows(self, url: str, agent: str = TOKEN) -> bool:
        """Tell whether a product token may fetch an address."""
        return self._rules is None or bool(self._rules.can_fetch(_literal(url), agent))

    def crawl_delay(self, agent: str = TOKEN) -> float:
        """Return the pause in seconds that is asked for between requests; 0 where none is."""
        return float(self._rules.crawl_delay(agent) or 0.0) if self._rules else 0.0


def _prepared(text: str) -> str:
    lines = []
    for line in re.split(r"\r\n|\r|\n", text):
        directive = _DIRECTIVE.match(line.partition("#")[0])
        if not directive:
            continue
        name, value = directive[1].lower(), directive[2].strip()
        if name.startswith("user"):
            product = _PRODUCT.match(value)
            lines.append(f"User-agent: {product[0]}" if product else "User-agent: ")
        elif name.startswith("crawl"):
            lines.append(f"Crawl-delay: {value}")
        else:
            lines.append(f"{'Allow' if name == 'allow' else 'Disallow'}: {_literal(quote(value, safe=_PATTERN_SAFE))}")
    return "\n".join(lines)


_PATTERN_SAFE = "".join(chr(code) for code in range(0x21, 0x7F))


def _literal(text: str) -> str:
    """Hide the percent signs from protego, which would unescape: `%62` is compared with `%62`, never with `b`."""
    return _ESCAPE.sub(lambda escape: f"%25{escape[1].upper()}", text)
