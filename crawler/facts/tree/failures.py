"""What servers print in the middle of a page when a script of theirs fails: what should have stood there, and after it, may be missing."""

import re

_FAILURE = re.compile(
    r"(?:Fatal error|Parse error|Warning)(?:</b>)?\s*:\s[^\n]{0,400}? on line (?:<b>)?\d"
    r"|(?:Microsoft (?:OLE DB|VBScript|JET)|ADODB\.)[^\n]{0,200}?(?:错误|error)\s*'?(?:</font>\s*)?(?:<font[^>]*>)?\s*'?8[0-9a-f]{7}"
    r"|”应用程序中的服务器错误|Server Error in '/|处理 ?URL ?时服务器出错"
    r"|Exception[^\n]{0,300}\n?\s*at [\w.$]+\([\w.]+:\d+\)",
    re.IGNORECASE,
)
_NEEDLES = (
    " on line ",
    "OLE DB",
    "VBScript",
    "Microsoft JET",
    "ADODB.",
    "应用程序中的服务器错误",
    "Server Error in",
    "时服务器出错",
    "Exception",
)


def shows_failure(source: str) -> bool:
    """Tell whether the source of a page holds the words of a server whose script has failed on the way."""
    return any(needle in source for needle in _NEEDLES) and _FAILURE.search(source) is not None
