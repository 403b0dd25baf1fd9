"""Domain names reserved for government bodies (standards.md 2.2), and the part of a host that a site is registered at."""

import re
from ipaddress import ip_address
from posixpath import dirname
from urllib.parse import urlsplit

GOVERNMENT_SUFFIXES = (".gov.cn", ".xn--zfr164b", ".政务", ".xn--zfr164b.cn", ".政务.cn")
"""`.政务` travels as punycode; whoever holds a name under it holds the same name under `.政务.cn`."""
SECOND_LEVELS = ("com", "org", "net", "edu", "ac")


_PORT = re.compile(r"(?<=[\]\w.-]):\d+$")


def without_port(host: str) -> str:
    """Return a host without its port. IPv6 addresses stand in brackets."""
    return _PORT.sub("", host)


def host_of(url: str) -> str:
    """Return the host of an address, empty where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def is_government(host: str) -> bool:
    """Tell whether a host (lower case, with IDNA labels, perhaps with a port) is under a suffix reserved for government sites."""
    name = without_port(host).rstrip(".")
    return name == "gov.cn" or name.endswith(GOVERNMENT_SUFFIXES)


def suffix_of(host: str) -> str:
    """Return the suffix as the bulletin prints it (`.com`, `.org.cn`); IP地址 for a bare address."""
    name = without_port(host).rstrip(".")
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        labels = name.split(".")
        second_level = len(labels) > 2 and labels[-1] == "cn" and labels[-2] in SECOND_LEVELS
        return "." + ".".join(labels[-2:] if second_level else labels[-1:])
    return "IP地址"


def without_www(host: str) -> str:
    """Return the host that stands for a site: a site, its `www.` twin, and what another port of them serves are one."""
    return without_port(host).removeprefix("www.")


def lies_within(url: str, site_url: str) -> bool:
    """Tell whether a page lies in the directory that a site is registered at: beside it lie the pages of whoever the host belongs to."""
    path = urlsplit(site_url).path
    directory = dirname(path) if "." in path.rpartition("/")[2] else path.rstrip("/")
    return f"{urlsplit(url).path}/".startswith(f"{directory.rstrip('/')}/")
