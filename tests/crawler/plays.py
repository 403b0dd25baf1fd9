"""What hostile and broken servers do, each as one play for a loopback server."""

import asyncio
import gzip
import socket
import struct

import brotli

from tests.crawler.servers import Call, Play

PARAGRAPH = "<p>荔洲区人民政府办公室今日召开会议，研究部署全区春季防汛和农田水利建设工作，区直各部门负责同志参加会议并作了发言。</p>"
PAGE = f"<!doctype html><meta charset=utf-8><title>荔洲区人民政府</title><body>{PARAGRAPH * 8}<a href=/zwgk/>政务公开</a></body></html>"
BYTES = PAGE.encode()


def raw(data: bytes) -> Play:
    """Answer with bytes as they are, then close."""

    async def play(call: Call) -> None:
        await call.send(data)
        call.writer.close()

    return play


def page(body: bytes | str = PAGE, *, status: str = "200 OK", headers: str = "", kind: str = "text/html; charset=utf-8") -> Play:
    """Answer with a well-formed page."""

    async def play(call: Call) -> None:
        await call.answer(body, status=status, headers=headers, kind=kind)

    return play


def redirect(location: str) -> Play:
    """Redirect everything to one place."""
    return page("", status="302 Found", headers=f"Location: {location}\r\n")


async def silence(call: Call) -> None:
    """Accept and never answer."""
    await asyncio.sleep(60)


async def reset(call: Call) -> None:
    """Reset the connection before a word is said."""
    call.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    call.writer.transport.abort()


def drip(head: bytes, step: bytes) -> Play:
    """Send a beginning, then a little more again and again, for as long as anybody listens."""

    async def play(call: Call) -> None:
        await call.send(head)
        while True:
            await call.send(step)
            await asyncio.sleep(0.05)

    return play


def flood(head: bytes, step: bytes) -> Play:
    """Send a beginning, then the same again as fast as it is taken."""

    async def play(call: Call) -> None:
        await call.send(head)
        while True:
            await call.send(step)

    return play


async def endless_redirects(call: Call) -> None:
    """Redirect to an address never seen before, for ever."""
    number = int(call.path.rpartition("/")[2] or 0)
    await call.answer(status="302 Found", headers=f"Location: /{number + 1}\r\n")


async def cookie_gate(call: Call) -> None:
    """Set a cookie and redirect to the same address: only who brings it back is let in."""
    if "gate=open" in call.headers.get("cookie", ""):
        await call.answer(PAGE)
    else:
        await call.answer(status="302 Found", headers="Location: /\r\nSet-Cookie: gate=open; path=/\r\n")


def sent_to(target_path: str, stub: str) -> Play:
    """Serve a stub, and the page at the place it sends the reader to."""

    async def play(call: Call) -> None:
        await call.answer(PAGE if call.path == target_path else stub)

    return play


def circle(stub: str) -> Play:
    """Send the reader from the homepage to another page and back, by a stub with a place for the address."""

    async def play(call: Call) -> None:
        await call.answer(stub.format("/there/" if call.path == "/" else "/"))

    return play


def endless_forwards(stub: str) -> Play:
    """Send the reader to an address never seen before, for ever, by a stub with a place for the address."""

    async def play(call: Call) -> None:
        await call.answer(stub.format(f"/{int(call.path.strip('/') or 0) + 1}/"))

    return play


async def to_login(call: Call) -> None:
    """Redirect to a login."""
    if call.path == "/":
        await call.answer(status="302 Found", headers="Location: /login.do\r\n")
    else:
        await call.answer(LOGIN)


async def to_twin(call: Call) -> None:
    """Redirect from the www host to the bare one."""
    if call.headers["host"].startswith("www."):
        await call.answer(status="301 Moved", headers=f"Location: http://{call.headers['host'][4:]}/\r\n")
    else:
        await call.answer(PAGE)


def second_time_lucky(status: str = "503 Service Unavailable", headers: str = "") -> Play:
    """Fail once, then answer."""
    failed: list[bool] = []

    async def play(call: Call) -> None:
        if failed:
            await call.answer(PAGE)
        else:
            failed.append(True)
            await call.answer(status=status, headers=headers)

    return play


def encoded(encoding: str, body: bytes) -> Play:
    """Serve a body under a content encoding, true or not."""
    return page(body, headers=f"Content-Encoding: {encoding}\r\n")


def brotli_bomb() -> bytes:
    """Return some bytes that decode to 64 MiB."""
    return brotli.compress(bytes(64 << 20), quality=3)


def sent_elsewhere() -> Play:
    """Redirect to the site of another body, which answers."""

    async def play(call: Call) -> None:
        if call.headers["host"] == "www.lizhou.gov.cn":
            await call.answer(status="301 Moved", headers="Location: http://www.tongan-fagai.gov.cn/lz/\r\n")
        else:
            await call.answer(PAGE)

    return play


LOGIN = (
    "<html><head><title>统一身份认证平台</title></head><body><form action=/login method=post><h2>用户登录</h2>"
    "用户名<input name=username>密码<input type=password name=password><input type=submit value=登录></form></body></html>"
)
CAPTCHA = (
    "<html><head><title>安全验证</title></head><body><p>访问过于频繁，请输入验证码后继续访问</p>"
    "<form><img src=/captcha.jpg><input name=captcha><input type=submit value=提交></form></body></html>"
)
GZIPPED = gzip.compress(BYTES)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
