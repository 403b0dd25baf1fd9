"""One page in the browser: nothing it asks for goes out by itself, and it is looked at when it has come to rest."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Dialog, Error, Page, Request, Route, WebSocketRoute

from crawler.net.browser.looking import document_shown, look_about
from crawler.net.browser.messages import Answered, Asked, RenderTask, Shown
from crawler.snapshot import RenderOutcome, RenderReason
from crawler.urls import is_web, same_site

Ask = Callable[[Asked], Awaitable[Answered]]

_WINDOW = {"width": 1280, "height": 1000}
_CLIP = {"x": 0, "y": 0, "width": 1280, "height": 2000}
_QUALITY = 65
_CONTENT = frozenset({"document", "script", "xhr", "fetch"})
"""What may bring content: all else is looks, and loaded for a screenshot."""
_LOOKS = frozenset({"stylesheet", "image", "font"})
_STYLES = frozenset({"stylesheet"})
"""They may hold words, and the names of pictures: loaded where something would be called absent without them."""
_UNSEEN = frozenset({"eventsource", "websocket"})
"""What may bring content in a way that is not taken: the page is then not known whole."""
_COUNTERS = ("hm.baidu.com", "cnzz.com", "51.la", "google-analytics.com", "googletagmanager.com", "tongji.baidu.com", "zz.bdstatic.com")
"""Hosts of visitor counters, which bring no content: they are spared the visit, and it is no loss to the page."""
_SENT_ON = ("accept", "referer", "origin", "x-requested-with")
_GONE = frozenset({404, 410})
"""Answers that a reader gets as well: the page is whole without what was asked for."""

_QUIET = 0.4
_LOOK_EVERY = 0.1
_MOST_UNREST = 4.0
"""Seconds for which a page may change without asking for anything: clocks and moving banners do so for ever."""
_READING = 5.0
_MOST_PLACES = 4
"""Addresses that a page may lead its reader on to."""

_SIZE = "[document.readyState === 'complete' && !(performance.now() < window.__awaited), document.getElementsByTagName('*').length]"
_SILENCED = """
const later = window.setTimeout;
window.__awaited = 0;
window.setTimeout = (work, delay, ...rest) => {
  if (document.readyState !== "complete" && delay <= 5000) window.__awaited = Math.max(window.__awaited, performance.now() + delay + 50);
  return later(work, delay, ...rest);
};
window.__pressed = new WeakSet();
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (kind, ...rest) {
  if (kind === "click" && this instanceof Element) window.__pressed.add(this);
  return listen.call(this, kind, ...rest);
};
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (options) { return attach.call(this, {...options, mode: "open"}); };
for (const [name, answer] of [["alert", undefined], ["confirm", false], ["prompt", null], ["print", undefined], ["open", null]])
  window[name] = () => answer;
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"]) delete window[name];
"""
"""Run before the scripts of the page: it notes until when what they put off while it loads is done, and what they wait for clicks on, and
lets closed shadow trees be read.

It spares us dialogs and windows, which are refused in any case."""


class Stage:
    """The showing of one page."""

    def __init__(self, task: RenderTask, ask: Ask) -> None:
        self._task = task
        self._ask = ask
        self._loaded = _CONTENT | (_LOOKS if task.screenshot else _STYLES if task.reason is RenderReason.ABSENCE else frozenset())
        self._numbers = itertools.count()
        self._requests = 0
        self._places = 0
        self._pending = 0
        self._refused = 0
        self._crashed = False
        self._looked_at = False
        self._active = 0.0

    async def show(self, browser: Browser) -> Shown:
        """Show the page in a context of its own, which knows nothing of other pages.

        Where that fails, the context is left as it is: the crawler kills the browser with it.
        """
        context = await browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=_WINDOW,  # type: ignore[arg-type]
            service_workers="block",
            accept_downloads=False,
        )
        try:
            shown = await self._play(context)
            await context.close()
        except Error:
            return Shown(outcome=RenderOutcome.CRASHED)
        except TimeoutError:
            return Shown(outcome=RenderOutcome.TIMEOUT)
        return shown

    async def _play(self, context: BrowserContext) -> Shown:
        await context.add_init_script(_SILENCED)
        await context.route("**/*", self._route)
        await context.route_web_socket("**/*", self._refuse_socket)
        page = await context.new_page()
        context.on("page", lambda popup: popup.close())
        page.on("dialog", _dismiss)
        page.on("crash", self._note_crash)
        settled = False
        try:
            async with asyncio.timeout(self._task.seconds):
                await page.goto(self._task.url, wait_until="commit", timeout=0)
                settled = await self._come_to_rest(page)
                if not self._task.screenshot:
                    self._looked_at = True
                    await look_about(page)
                    settled = await self._come_to_rest(page)
        except TimeoutError:
            pass  # it is looked at as it is
        async with asyncio.timeout(_READING):
            return await self._look(page, settled)

    async def _look(self, page: Page, settled: bool) -> Shown:
        refused = self._refused + self._pending
        screenshot = b""
        if self._task.screenshot:
            screenshot = await page.screenshot(type="jpeg", quality=_QUALITY, clip=_CLIP, full_page=True)  # type: ignore[arg-type]
        document = (await document_shown(page)).encode("utf-8", "replace")
        if len(document) > self._task.max_bytes:
            return Shown(outcome=RenderOutcome.TOO_LARGE)
        return Shown(
            outcome=RenderOutcome.RENDERED, url=page.url, document=document, screenshot=screenshot, settled=settled, refused=refused
        )

    async def _come_to_rest(self, page: Page) -> bool:
        """Wait until the page asks for nothing more, and its elements do not change."""
        loop = asyncio.get_running_loop()
        self._active = loop.time()
        before, idle_since = -1, 0.0
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            if self._crashed:
                raise Error("the page crashed")
            if self._pending or loop.time() - self._active < _QUIET:
                idle_since = 0.0
                continue
            idle_since = idle_since or loop.time()
            loaded, size = await _measured(page)
            if loaded and (size == before or loop.time() - idle_since > _MOST_UNREST):
                return True
            before = size
            await asyncio.sleep(_QUIET)

    async def _route(self, route: Route) -> None:
        """Answer a request of the page, or refuse it. Nothing is ever let through to the network."""
        request = route.request
        self._active = asyncio.get_running_loop().time()
        if request.is_navigation_request() and _is_main(request):
            await self._lead(route, request)
        elif request.resource_type in self._loaded:
            await (route.abort() if _is_counter(request.url) else self._fetch(route, request))
        else:
            self._refused += request.resource_type in _UNSEEN
            await route.abort()

    async def _lead(self, route: Route, request: Request) -> None:
        """Show the document of the task, and the pages of its site that it leads to; elsewhere, the page stays where it is."""
        if self._looked_at:
            await route.fulfill(status=204)  # what is pressed on the way is not followed
            return
        self._places += 1
        if self._places > _MOST_PLACES or request.method != "GET":
            await self._stay(route)
        elif request.url.partition("#")[0] == self._task.url:
            await route.fulfill(status=200, headers=dict(self._task.headers), body=self._task.body)
        elif same_site(request.url, frozenset(self._task.hosts)):
            await self._fetch(route, request)
        else:
            await self._stay(route)

    async def _stay(self, route: Route) -> None:
        self._refused += 1
        await route.fulfill(status=204)

    async def _fetch(self, route: Route, request: Request) -> None:
        self._requests += 1
        if request.method != "GET" or not is_web(request.url) or self._requests > self._task.max_requests:
            self._refused += 1
            await route.abort()
            return
        headers = tuple((name, value) for name, value in request.headers.items() if name in _SENT_ON)
        document = request.resource_type == "document"
        self._pending += 1
        try:
            answer = await self._ask(Asked(number=next(self._numbers), url=request.url, headers=headers, document=document))
        finally:
            self._pending -= 1
            self._active = asyncio.get_running_loop().time()
        if answer.status is None:
            self._refused += request.resource_type not in _LOOKS
            await route.abort()
            return
        self._refused += answer.status >= 400 and answer.status not in _GONE and request.resource_type not in _LOOKS
        await route.fulfill(status=answer.status, headers=dict(answer.headers), body=answer.body)

    async def _refuse_socket(self, socket: WebSocketRoute) -> None:
        self._refused += 1
        await socket.close()

    def _note_crash(self, _: Page) -> None:
        self._crashed = True


async def _measured(page: Page) -> tuple[bool, int]:
    """Return whether the page is loaded, and the number of its elements; -1 while it changes to another."""
    try:
        loaded, size = await page.evaluate(_SIZE)
    except Error:
        return False, -1
    return bool(loaded), int(size)


async def _dismiss(dialog: Dialog) -> None:
    await dialog.dismiss()


def _is_main(request: Request) -> bool:
    """Tell whether a page as a whole is asked for. That of a window which is just being opened has no frame yet."""
    try:
        return request.frame.parent_frame is None
    except Error:
        return True


def _is_counter(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return any(host == counter or host.endswith(f".{counter}") for counter in _COUNTERS)
