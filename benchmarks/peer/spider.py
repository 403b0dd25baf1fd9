"""The peer: title, dates, marks and links of the same pages, as a user of Scrapy would write it. Run by `benchmarks/crawl.py`.

It is spared what a scan does beyond that: no list is understood, no rule judged, nothing kept but one line a page.
"""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor

DATE = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
ICP = re.compile(r"[\u4e00-\u9fff]ICP备\d+号(?:-\d+)?")
SITE_CODE = re.compile(r"网站标识码[:：]\s*(\w{10})")


class Peer(scrapy.Spider):
    """Reads up to `pages` pages of each site whose address stands in the file `sites`, a line each."""

    name = "peer"
    custom_settings = {
        "CONCURRENT_REQUESTS": 400,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_DELAY": 0,
        "ROBOTSTXT_OBEY": True,
        "RETRY_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
    }

    def __init__(self, sites: str, pages: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._homes = Path(sites).read_text().split()
        self._most = int(pages)
        self._asked: Counter[str] = Counter()
        self._links = LinkExtractor()

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Ask for the homepages."""
        for url in self._homes:
            self._asked[urlsplit(url).netloc] += 1
            yield scrapy.Request(url)

    def parse(self, response: Response) -> Iterator[dict[str, Any] | scrapy.Request]:
        """Take a page's title, dates and marks, and follow its links on the same site."""
        if not isinstance(response, TextResponse):
            return
        text = " ".join(response.css("body ::text").getall())
        yield {
            "url": response.url,
            "title": response.css("title::text").get(),
            "dates": DATE.findall(text),
            "icp": ICP.findall(text),
            "site_code": SITE_CODE.findall(text),
            "party_mark": bool(response.css('img[alt*="党政机关"], script[src*="conac"]')),
        }
        host = urlsplit(response.url).netloc
        for link in self._links.extract_links(response):
            if self._asked[host] >= self._most:
                return
            if urlsplit(link.url).netloc == host:
                self._asked[host] += 1
                yield response.follow(link)
