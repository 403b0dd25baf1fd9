"""What the homepage's answer says about the reach of a site. Pure: an exchange reduced to a page goes in, a judgement comes out."""

from crawler.facts.records import ForwardKind, NoticeKind, PageFacts, PageType, Record
from crawler.reading.documents import DocumentKind
from crawler.snapshot import Failure, FailureKind, Page, Reach, ReachReason, Target
from crawler.urls import host_of, is_web, resolve

_FORBIDDEN = frozenset({401, 402, 403, 405, 406, 407, 412, 418, 423, 429, 444, 451, 493, 494, 495, 496, 498, 499, 521})
"""Answers of gateways and firewalls to visitors they do not like."""

_GONE = frozenset({404, 410})
_ENOUGH_TEXT = 200
"""Characters of visible text from which on a cut page counts as seen."""

_DOWN = {
    FailureKind.DNS: ReachReason.DNS,
    FailureKind.CONNECT: ReachReason.CONNECT,
    FailureKind.TLS: ReachReason.TLS,
    FailureKind.TIMEOUT: ReachReason.TIMEOUT,
    FailureKind.RESET: ReachReason.RESET,
}
_UNCLEAR = {
    FailureKind.PROTOCOL: ReachReason.PROTOCOL,
    FailureKind.TOO_LARGE: ReachReason.TOO_LARGE,
    FailureKind.DECODE: ReachReason.DECODE,
    FailureKind.GUARD: ReachReason.GUARD,
    FailureKind.REDIRECT_LOOP: ReachReason.REDIRECT_LOOP,
    FailureKind.BAD_URL: ReachReason.BAD_URL,
    FailureKind.BUDGET: ReachReason.BUDGET,
    FailureKind.OWN_FAULT: ReachReason.CRAWLER_ERROR,
}
_NOTICES = {
    NoticeKind.MAINTENANCE: (ReachReason.MAINTENANCE, "The homepage is a notice of maintenance."),
    NoticeKind.MOVED: (ReachReason.MOVED, "The homepage is a notice that the site has moved."),
    NoticeKind.CLOSED: (ReachReason.CLOSED, "The homepage is a notice that the site is closed."),
    NoticeKind.OFFLINE: (ReachReason.OFFLINE, "The homepage is a notice that the site is offline for a time."),
}
_CUT = frozenset({FailureKind.RESET, FailureKind.DECODE, FailureKind.PROTOCOL})


_A_FEW_WORDS = 60
"""Characters: what says so little and leads nowhere is a message of whatever kind, and no homepage that could lack anything."""

_SHOWS_A_PAGE = frozenset({ReachReason.NOT_HTML, ReachReason.SCRIPT_ONLY, ReachReason.SPAM, ReachReason.MOVED, ReachReason.TOO_LARGE})


class Judgement(Record, frozen=True, kw_only=True):
    """How far a visit got, why not further, and one plain sentence about it without text of the site."""

    reach: Reach
    reason: ReachReason | None = None
    detail: str = ""

    @property
    def deserves_second_try(self) -> bool:
        """Tell whether a calm second look may change the answer: for what would count as down, and for what looks like an accident."""
        accidents = (ReachReason.EMPTY, ReachReason.PROTOCOL, ReachReason.DECODE, ReachReason.CRAWLER_ERROR)
        return self.reach is Reach.DOWN or self.reason in accidents


NO_TIME = Judgement(reach=Reach.UNCLEAR, reason=ReachReason.BUDGET, detail="The site's deadline came before its homepage.")
BAD_URL = Judgement(reach=Reach.UNCLEAR, reason=ReachReason.BAD_URL, detail="The site's address is not valid.")


def judge_homepage(page: Page, document: DocumentKind) -> Judgement:
    """Judge the reach of a site by its homepage as it was fetched last."""
    if page.status is not None and page.status >= 400:
        return _judge_status(page.status, page.facts)
    if page.failure is not None and not _seen_all_the_same(page):
        return _judge_failure(page.failure)
    if document is DocumentKind.EMPTY or page.status in (204, 205, 304):
        return _unclear(ReachReason.EMPTY, "The homepage is empty.")
    if document is DocumentKind.OTHER:
        return _unclear(ReachReason.NOT_HTML, "The homepage is not a web page.")
    if page.facts is None:
        return _unclear(ReachReason.CRAWLER_ERROR, "The homepage could not be read by the crawler.")
    return _judge_content(page.facts)


def _seen_all_the_same(page: Page) -> bool:
    """Tell whether a page that broke off showed enough to be read: browsers show it as well."""
    return page.failure is not None and page.failure.kind in _CUT and page.facts is not None and page.facts.text_length >= _ENOUGH_TEXT


def _judge_failure(failure: Failure) -> Judgement:
    if failure.kind in _DOWN:
        return Judgement(reach=Reach.DOWN, reason=_DOWN[failure.kind], detail=failure.detail)
    if failure.kind is FailureKind.ROBOTS:
        return Judgement(reach=Reach.BLOCKED, reason=ReachReason.ROBOTS, detail=failure.detail)
    return _unclear(_UNCLEAR[failure.kind], failure.detail)


def _judge_status(status: int, facts: PageFacts | None) -> Judgement:
    if facts is not None and facts.challenge:
        return _challenged(facts.challenge)
    if status in _FORBIDDEN:
        return Judgement(reach=Reach.BLOCKED, reason=ReachReason.FORBIDDEN, detail=f"The homepage answers {status}.")
    if status in _GONE:
        return Judgement(reach=Reach.DOWN, reason=ReachReason.HTTP_4XX, detail=f"The homepage answers {status}.")
    if status < 500:
        return _unclear(ReachReason.HTTP_4XX, f"The homepage answers {status}.")
    if status < 600:
        return Judgement(reach=Reach.DOWN, reason=ReachReason.HTTP_5XX, detail=f"The homepage answers {status}.")
    return _unclear(ReachReason.PROTOCOL, f"The homepage answers {status}, which is no status of HTTP.")


def _judge_content(facts: PageFacts) -> Judgement:
    if facts.challenge or facts.page_type is PageType.WAF_CHALLENGE:
        return _challenged(facts.challenge or "")
    if facts.notice is not None:
        return _unclear(*_NOTICES[facts.notice.kind])
    if facts.page_type is PageType.MAINTENANCE:
        return _unclear(*_NOTICES[NoticeKind.MAINTENANCE])
    bare = not facts.links and facts.forward is None and not facts.script_dependent
    if bare and facts.text_length == 0:
        return _unclear(ReachReason.EMPTY, "The homepage shows no text and no link.")
    if facts.page_type is PageType.SOFT_404:
        return _unclear(ReachReason.SOFT_404, "The homepage is an error page that answers 200.")
    if facts.page_type is PageType.SPAM_INJECTED:
        return _unclear(ReachReason.SPAM, "The homepage shows content foreign to a government site.")
    if facts.forward is not None and facts.page_type in (PageType.REDIRECT_STUB, PageType.FRAMESET):
        return _judge_stub(facts.forward.kind)
    if facts.script_dependent:
        return _unclear(ReachReason.SCRIPT_ONLY, "The homepage shows its content only with scripts.")
    if bare and facts.text_length < _A_FEW_WORDS:
        return _unclear(ReachReason.EMPTY, "The homepage shows a few words and no link.")
    return Judgement(reach=Reach.OK)


def _judge_stub(kind: ForwardKind) -> Judgement:
    if kind is ForwardKind.SCRIPT:
        return _unclear(ReachReason.SCRIPT_ONLY, "The homepage sends the reader elsewhere by a script that leads nowhere readable.")
    return _unclear(ReachReason.REDIRECT_LOOP, "The homepage sends the reader elsewhere without end.")


def _challenged(family: str) -> Judgement:
    if "login" in family.lower():
        return Judgement(reach=Reach.BLOCKED, reason=ReachReason.LOGIN, detail="The homepage asks for a login.")
    return Judgement(reach=Reach.BLOCKED, reason=ReachReason.CHALLENGE, detail="The homepage is a challenge for visitors taken for robots.")


def _unclear(reason: ReachReason, detail: str) -> Judgement:
    return Judgement(reach=Reach.UNCLEAR, reason=reason, detail=detail)


def opened(reach: Reach, reason: ReachReason | None) -> bool | None:
    """Tell whether a visit opened the site: any page of its own is an open door, a refusal of the crawler tells nothing (None)."""
    if reach is Reach.OK:
        return True
    if reach is Reach.DOWN:
        return False
    return True if reason in _SHOWS_A_PAGE else None


def site_url(target: Target) -> str | None:
    """Return the address a site is asked at, in browsers' form; None where there is none. A missing scheme is http."""
    text = target.url.strip()
    url = resolve(text if "://" in text else f"http://{text}")
    return url.partition("#")[0] if url and is_web(url) and host_of(url) else None


def own_error(error: Exception) -> Judgement:
    """Return what is said of a site at which the crawler met an exception of its own."""
    detail = f"The crawler met an error of its own ({type(error).__name__})."
    return Judgement(reach=Reach.UNCLEAR, reason=ReachReason.CRAWLER_ERROR, detail=detail)
