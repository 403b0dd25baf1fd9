"""The cookies of one site: kept for one visit, sent to nobody else."""

from http.cookies import CookieError, SimpleCookie

import aiohttp
from yarl import URL

from crawler.net.fetcher import Exchange

_MAX_COOKIES = 50
_MAX_LENGTH = 4096


class SiteCookies:
    """A small jar. Domains and paths are matched by aiohttp's jar; as it belongs to one site, nothing can leak across."""

    def __init__(self) -> None:
        self._jar: aiohttp.CookieJar | None = None

    def take(self, exchange: Exchange) -> None:
        """Keep the cookies an answer sets; malformed and oversized ones are ignored."""
        lines = [value for name, value in exchange.headers if name == "set-cookie" and len(value) <= _MAX_LENGTH]
        if not lines:
            return
        if self._jar is None:
            self._jar = aiohttp.CookieJar(unsafe=True)
        for line in lines[:_MAX_COOKIES]:
            try:
                self._jar.update_cookies(SimpleCookie(line), URL(exchange.request.url, encoded=True))
            except (CookieError, ValueError):
                continue
        if len(self._jar) > _MAX_COOKIES:
            self._jar.clear()

    def header(self, url: str) -> str:
        """Return the value of the Cookie header for an address; empty where there is none."""
        if self._jar is None:
            return ""
        kept = self._jar.filter_cookies(URL(url, encoded=True))
        return "; ".join(f"{morsel.key}={morsel.coded_value}" for morsel in kept.values())
