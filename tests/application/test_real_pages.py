"""Every labelled homepage, served as the homepage of its own host, goes through the whole audit."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from tests.application.conftest import SHARED, Run
from tests.threads import in_thread

HOMES = SHARED / "pages" / "home"


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """Read the labelled homepages, by an invented host each."""
    files = sorted(HOMES.glob("*.html"))
    if not files:
        pytest.skip(f"the labelled pages are not beside the checkout ({HOMES.name}): nothing was tested on real pages")
    return {f"page{index}.wuyou.gov.cn": path.read_bytes() for index, path in enumerate(files)}


@pytest.fixture(scope="module")
def port(pages: dict[str, bytes]) -> Iterator[int]:
    """Serve each page as the homepage of its host; every other address is not found."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        host = head.partition("\r\nhost: ")[2].partition("\r\n")[0].partition(":")[0]
        body = pages.get(host, b"") if head.startswith("get / ") else b""
        status = b"200 OK" if body else b"404 Not Found"
        writer.write(
            b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body
        )
        await writer.drain()
        writer.close()

    @asynccontextmanager
    async def served() -> AsyncIterator[int]:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            yield server.sockets[0].getsockname()[1]

    with in_thread(served()) as number:
        yield number


def test_every_real_homepage_gets_a_reasoned_verdict_for_every_rule(xuncha: Run, pages: dict[str, bytes], port: int) -> None:
    urls = [f"http://{host}/" for host in pages]
    result = xuncha("audit", "--json", "--delay", "0", "--max-pages", "4", "--resolve", f"*.gov.cn=127.0.0.1:{port}", *urls, timeout=250)
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["host"] for row in rows] == list(pages)
    for row in rows:
        assert len(row["rules"]) >= 16
        assert all(finding["reason"] and finding["reason_code"] for finding in row["findings"])
        assert not [finding for finding in row["findings"] if finding["reason_code"] == "rule_error"]
