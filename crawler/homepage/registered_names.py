"""Registered names: which hosts belong to one registrant, by the public suffix list that ships with tldextract."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tldextract import TLDExtract

_GOVERNMENT_SUFFIXES = ("政务.cn", "xn--zfr164b.cn", "公益.cn", "xn--55qw42g.cn")
"""中文 government suffixes that the public suffix list does not carry."""

_SAME_SITE = re.compile(r"(?:www|web|portal|site|home|index|main|new|old|m|wap|mobile|ipv6|v6|gov|zwgk|xxgk)\d*")
"""Labels that name another door of the same site, not a body below it."""


@cache
def _extract() -> "TLDExtract":
    # Imported late: it takes a second, and few sites redirect to another host. The list is never fetched.
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True, extra_suffixes=_GOVERNMENT_SUFFIXES)


def same_registered_name(host: str, other: str) -> bool:
    """Tell whether two hosts lie under the same registered name, such as `www.a.gov.cn` and `b.a.gov.cn`. Addresses never do."""
    names = [_extract()(each.partition(":")[0]).top_domain_under_public_suffix for each in (host, other)]
    return bool(names[0]) and names[0] == names[1]


def lies_below(host: str, other: str) -> bool:
    """Tell whether a host is that of a body below the one of the other, as `jyj.a.gov.cn` below `a.gov.cn` (standards.md 2.2)."""
    label, _, parent = host.partition(":")[0].partition(".")
    return parent == other.partition(":")[0] and not _SAME_SITE.fullmatch(label)
