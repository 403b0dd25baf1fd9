"""What becomes of characters that a terminal's encoding does not hold: nothing is lost, and no sign turns into another one."""

import codecs
import io
import sys

_STAND_INS = str.maketrans({"✓": "√", "✗": "×"})
"""GBK holds the right-hand ones. A `?` in the place of either would say that nobody could tell."""
_HANDLER = "xuncha.escaped"


def take_any_text() -> None:
    """Let standard output and standard error take every text, whatever their encoding."""
    codecs.register_error(_HANDLER, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def write_json() -> None:
    """Write standard output in UTF-8 from now on: JSON is never anything else (RFC 8259, 8.1), whatever the locale."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end].translate(_STAND_INS)
    return text.encode(error.encoding, "backslashreplace").decode(error.encoding), error.end
