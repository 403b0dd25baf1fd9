"""Addresses of pages: resolved as browsers do (WHATWG, by ada-url), compared for the frontier, and checked for traps. Pure."""

import re
from collections import Counter

import ada_url

MAX_URL_LENGTH = 2_000
"""Longer page addresses are made by loops or scripts; servers refuse most of them with 414."""

MAX_PATH_SEGMENTS = 15
MAX_SEGMENT_REPEATS = 3
"""A path that holds the same segment three times comes from a relative link that grows on itself."""

_PLAIN_HOST = re.compile(r"https?://((?!(?:[a-z0-9-]+\.)*xn--)(?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/?#]|$)", re.ASCII)
"""Hosts that the URL Standard leaves as they are: a page names a hundred of them, and parsing takes longer than looking."""

_SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_SESSION_PARAMETER = re.compile(
    r"^(?:jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|sessionid|session_id|sid|cfid|cftoken|_t|timestamp)=", re.IGNORECASE
)
_INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:html?|shtml|jhtml|jspx?|aspx?|php|do)$", re.IGNORECASE)
_CALENDAR = re.compile(
    r"(?:^|[?&/_-])(?:calendar|rili|cal_?date)\b|[?&](?:year|month|day|nian|yue)=\d+&(?:.*&)?(?:month|day|year|yue|ri)=\d+", re.IGNORECASE
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ceb|ofd|rtf|txt|csv|zip|rar|7z|gz|tar|jpe?g|png|gif|bmp|svg|webp|ico|tiff?|mp3|mp4|avi|wmv|wma|flv|f4v|rm|rmvb|"
    r"mov|swf|exe|msi|apk|dmg|iso|css|js|json|xml|rss|atom|woff2?|ttf|eot)$",
    re.IGNORECASE,
)


def resolve(reference: str, base: str | None = None) -> str | None:
    """Resolve a reference against a base address as a browser would; None where the result is no valid address."""
    try:
        return ada_url.URL(reference, base).href if base else ada_url.URL(reference).href
    except UnicodeError:
        # Halves of surrogate pairs: browsers take U+FFFD for them.
        repaired = reference.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return resolve(repaired, base) if repaired != reference else None
    except ValueError:
        return None


def host_of(url: str) -> str:
    """Return the host of an address, with its port where that is not the default one; empty where there is none."""
    if plain := _PLAIN_HOST.match(url):
        return plain[1]
    try:
        return ada_url.URL(url).host
    except (ValueError, UnicodeError):
        return ""


def hostname_of(url: str) -> str:
    """Return the host of an address without its port."""
    try:
        return ada_url.URL(url).hostname
    except (ValueError, UnicodeError):
        return ""


def is_web(url: str) -> bool:
    """Tell whether an address is one of http or https."""
    return url.startswith(("http://", "https://"))


def bare_host(host: str) -> str:
    """Return the host without a leading `www.`: a host and its www twin are one site."""
    return host[4:] if host.startswith("www.") else host


def same_site(url: str, hosts: frozenset[str]) -> bool:
    """Tell whether an address lies on one of the bare hosts of a site."""
    return is_web(url) and bare_host(host_of(url)) in hosts


def page_key(url: str) -> str:
    """Return the form under which two addresses count as one page: no scheme, www, fragment, session id or index file name."""
    plain = _PLAIN_HOST.match(url)
    href = url if plain and url.startswith("/", plain.end()) else ada_url.URL(url).href
    host, _, rest = href.partition("#")[0].partition("://")[2].partition("/")
    path, _, search = rest.partition("?")
    path = _INDEX_PAGE.sub("/", _SESSION_PATH.sub("", f"/{path}"))
    query = "&".join(part for part in search.split("&") if part and not _SESSION_PARAMETER.match(part))
    return f"{bare_host(host)}{path}?{query}"


def is_file(url: str) -> bool:
    """Tell whether the path names a file that is not a page: a document, picture, archive, script."""
    return _FILE.search(url.split("?", 1)[0].split("#", 1)[0]) is not None


def is_trap(url: str) -> bool:
    """Tell whether an address looks as if there were endlessly many of its kind: too long, too deep, looping, or a calendar."""
    if len(url) > MAX_URL_LENGTH:
        return True
    path = url.split("?", 1)[0].split("#", 1)[0]
    segments = [segment for segment in path.split("/")[3:] if segment]
    if len(segments) > MAX_PATH_SEGMENTS:
        return True
    if segments and max(Counter(segments).values()) >= MAX_SEGMENT_REPEATS:
        return True
    return _CALENDAR.search(url[len(path.split("/", 3)[0]) :]) is not None
