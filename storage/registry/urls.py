"""Addresses as people write them into a registry, made comparable: the WHATWG reading, as browsers do."""

import re

import ada_url

_SCHEME = re.compile(r"(https?)\s*[:：]\s*[/／\\]{2}\s*", re.IGNORECASE)
"""Full-width colons and slashes are typed by Chinese input methods."""

_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
"""A colon before digits is a port: `www.example.gov.cn:8080`."""

_SEVERAL = re.compile(r"\s|//[^/?#]*[、，；|]|://[^?#]*://")
"""Signs of several addresses in one cell: a blank, an enumeration within the host, a second scheme."""

_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{1,63}|localhost|\[[0-9a-f:.]+\]")


class BadUrl(ValueError):
    """A text that is not the address of a website."""


def normalise_url(text: str) -> tuple[str, str]:
    """Return the address of a website in its one comparable form, and its host, lower case, in ASCII.

    `http://` is added where no scheme is written. Raises BadUrl for anything but one http or https address of a host.
    """
    text = text.strip()
    scheme = _SCHEME.match(text)
    if scheme:
        text = f"{scheme[1].lower()}://{text[scheme.end() :]}"
    elif _OTHER_SCHEME.match(text):
        raise BadUrl(text)
    else:
        text = f"http://{text.lstrip('/')}"
    if _SEVERAL.search(text):
        raise BadUrl(text)
    try:
        url = ada_url.URL(text)
    except ValueError as error:
        raise BadUrl(text) from error
    host = url.hostname.rstrip(".")
    if len(host) > 253 or not _HOST.fullmatch(host) or url.username or url.password:
        raise BadUrl(text)
    if host != url.hostname:
        url.hostname = host
    return url.href, host
