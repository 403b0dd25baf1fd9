"""Masking of personal data in the texts that are kept as evidence."""

import re

_NARROW = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF38: 0x58, 0xFF58: 0x78, 0xFF20: 0x40, 0xFF0D: 0x2D}
"""Full-width digits, X, @ and hyphen, which people type into forms: one character for one, so that positions stay."""

_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_EMAIL = r"(?P<email>[A-Za-z0-9._%+\-]{1,64}(?=@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}))"
_NUMBER = (
    r"(?<![0-9A-Za-z])(?:"
    rf"(?P<identity>[1-8]\d{{5}}(?:18|19|20)\d{{2}}{_MONTH_DAY}\d{{3}}[0-9Xx]|[1-8]\d{{5}}\d{{2}}{_MONTH_DAY}\d{{3}})"
    r"|(?P<mobile>(?:(?:\+|00)?86[\- ]?)?1[3-9]\d[\- ]?(?P<middle>\d{4})[\- ]?\d{4})"
    r"|(?P<card>[3-6]\d{3}(?:[ \-]?\d{4}){2,3}(?:[ \-]?\d{1,3})?)"
    r")(?![0-9])"
)
_PERSONAL = re.compile(f"{_EMAIL}|{_NUMBER}", re.ASCII)
_PERSONAL_NUMBER = re.compile(f"(?P<email>(?!))|{_NUMBER}", re.ASCII)
"""For a text without @: an address would be tried at every letter of it."""
_WORTH_A_LOOK = re.compile(r"[0-9０-９][0-9０-９ \-－]{9}|[@＠]")
_DIGITS_OF_A_CARD = range(15, 20)


def mask_personal_data(text: str) -> str:
    """Return the text with identity numbers, mobile numbers, e-mail names and bank cards made unreadable.

    Site codes (10 digits), ICP and police filing numbers (8 to 14 digits) and office landlines (leading 0) are evidence and stay.
    The length of the text does not change, and masking twice changes nothing more.
    """
    if not _WORTH_A_LOOK.search(text):
        return text
    narrow = text.translate(_NARROW)
    pieces, end = [], 0
    for match in (_PERSONAL if "@" in narrow else _PERSONAL_NUMBER).finditer(narrow):
        first, last = _hidden_span(match)
        pieces += [text[end:first], "*" * (last - first)]
        end = last
    return "".join([*pieces, text[end:]]) if pieces else text


def _hidden_span(match: re.Match[str]) -> tuple[int, int]:
    """Return which part of a match is hidden: enough to protect the person, while an inspector can still tell one value from another."""
    start, end = match.span()
    if match["email"]:
        return start, end
    if match["identity"]:
        return start + 3, end
    if match["mobile"]:
        return match.span("middle")
    return (start + 4, end - 4) if _is_card_number(match[0]) else (start, start)


def _is_card_number(printed: str) -> bool:
    """Tell whether the digits are as many as a bank card has and satisfy its check digit (ISO/IEC 7812-1, Luhn)."""
    digits = [int(character) for character in printed if character.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return len(digits) in _DIGITS_OF_A_CARD and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
