"""The guard: which addresses the crawler may connect to. Everything that is not plainly public is refused."""

import ipaddress

import ada_url

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_TRANSLATED = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "::/96",  # IPv4-compatible, RFC 4291
        "::ffff:0:0/96",  # IPv4-mapped, RFC 4291
        "::ffff:0:0:0/96",  # IPv4-translated, RFC 2765
        "64:ff9b::/96",  # NAT64, RFC 6052
        "64:ff9b:1::/48",  # local NAT64, RFC 8215
        "2001::/32",  # Teredo, RFC 4380
        "2002::/16",  # 6to4, RFC 3056
    )
)
"""IPv6 networks that carry an IPv4 address inside: they would reach it past the checks."""


_SPECIAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments, RFC 6890: the library of some Python releases calls parts of it global
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "fec0::/10",  # site-local, RFC 3879
        "3fff::/20",  # documentation, RFC 9637
        "5f00::/16",  # segment routing, RFC 9602
    )
)


def literal_address(hostname: str) -> IPAddress | None:
    """Return the address that a host name spells, in whatever odd form (`0x7f.1`, `2130706433`); None for names.

    The spellings are those browsers know (WHATWG host parser). An IPv6 address may come with or without brackets.
    """
    try:
        bracketed = f"[{hostname}]" if ":" in hostname and not hostname.startswith("[") else hostname
        canonical = ada_url.URL(f"http://{bracketed}/").hostname
        return ipaddress.ip_address(canonical.strip("[]"))
    except (ValueError, UnicodeError):
        return None


def is_public(address: IPAddress) -> bool:
    """Tell whether an address is public unicast, and none that maps to another address."""
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address in network for network in (*_SPECIAL, *_TRANSLATED))
