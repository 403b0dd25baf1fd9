"""The numbers a site prints in its footer, made from one ten-digit number so that they agree with each other."""

_LETTERS = {"13": "冀", "14": "晋", "15": "蒙", "21": "辽", "33": "浙", "34": "皖", "36": "赣", "43": "湘", "52": "黔", "62": "甘"}
"""By the first digits of the number: the letter of ICP and police filings."""


def icp_number(number: str) -> str:
    """Return the ICP filing number."""
    return f"{_LETTERS[number[:2]]}ICP备05{number[4:6]}{number[-4:]}号"


def police_letter(number: str) -> str:
    """Return the letter before 公网安备."""
    return _LETTERS[number[:2]]


def police_number(number: str) -> str:
    """Return the 14 digits of the police filing."""
    return f"{number[:6]}0200{number[-4:]}"


def party_mark_path(number: str) -> str:
    """Return the path of the party mark's script on the host of the registration centre."""
    return f"{number[:2]}/000/0000/9{number[:7]}/CA{number[:2]}00000009{number[:7]}0001.js"


def party_mark_token(number: str) -> str:
    """Return the 32 digits of the mark's certificate page."""
    return f"{int(number) * 7919:032X}"
