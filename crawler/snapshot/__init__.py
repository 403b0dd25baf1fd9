"""The words of the crawler: what is asked of it, and all that it brings back. Frozen records, no parse tree in them."""

from crawler.snapshot.page import OLD_COPY, Hop, Page, PageRole
from crawler.snapshot.reach import Failure, FailureKind, Reach, ReachReason
from crawler.snapshot.rendering import Rendering, RenderOutcome, RenderReason, Screenshot
from crawler.snapshot.site import Coverage, Knock, Outlink, SearchTry, SiteSnapshot, Target

__all__ = [
    "OLD_COPY",
    "Coverage",
    "Failure",
    "FailureKind",
    "Hop",
    "Knock",
    "Outlink",
    "Page",
    "PageRole",
    "Reach",
    "ReachReason",
    "RenderOutcome",
    "RenderReason",
    "Rendering",
    "Screenshot",
    "SearchTry",
    "SiteSnapshot",
    "Target",
]
