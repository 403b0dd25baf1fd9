"""Comments taken out in one pass, whatever is opened and never closed: a pattern would look for each missing end to the end of the text."""

import re

# The stars of "image/*" and "*/*" begin no comment, and the slashes of an address neither.
_OPENING = re.compile(r"/(?:(?<!image/)(?<!video/)(?<!audio/)(?<!text/)(?<!application/)(?<!\*/)\*|(?<![^\s;{}]/)/)")


def without_script_comments(script: str) -> str:
    """Return a script without its comments; one that is never closed stays, with what it holds."""
    last_end = script.rfind("*/")
    pieces: list[str] = []
    kept = position = 0
    while opening := _OPENING.search(script, position):
        position = opening.end()
        is_line = script[position - 1] == "/"
        if not is_line and position > last_end:
            continue
        end = script.find("\n", position) if is_line else script.index("*/", position) + 2
        pieces.append(script[kept : opening.start()])
        kept = position = end if end >= 0 else len(script)
    return "".join([*pieces, script[kept:]])


def without_markup_comments(text: str) -> str:
    """Return a text without `<!-- … -->`; a comment that is never closed stays."""
    pieces: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[position:start])
        position = end + 3
    return "".join([*pieces, text[position:]])
