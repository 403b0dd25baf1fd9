"""Domain names reserved for government bodies (standards.md 2.2)."""

from ipaddress import ip_address

GOVERNMENT_SUFFIXES = (".gov.cn", ".xn--zfr164b", ".政务")
"""`.政务` travels as punycode."""
SECOND_LEVELS = ("com", "org", "net", "edu", "ac")


def is_government(host: str) -> bool:
    """Tell whether a host (lower case, with IDNA labels) is under a suffix reserved for government sites."""
    name = host.rstrip(".")
    return name == "gov.cn" or name.endswith(GOVERNMENT_SUFFIXES)


def suffix_of(host: str) -> str:
    """Return the suffix as the bulletin prints it (`.com`, `.org.cn`); IP地址 for a bare address."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        labels = host.split(".")
        second_level = len(labels) > 2 and labels[-1] == "cn" and labels[-2] in SECOND_LEVELS
        return "." + ".".join(labels[-2:] if second_level else labels[-1:])
    return "IP地址"


def without_www(host: str) -> str:
    """Return the host that stands for a site: a site and its `www.` twin are one."""
    return host.removeprefix("www.")
