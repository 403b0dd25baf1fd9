"""The words of the crawler: what is asked of it, and all that it brings back. Frozen records, no parse tree in them."""

from crawler.snapshot.page import OLD_COPY, Hop, Page, PageRole
from crawler.snapshot.reach import Failure, FailureKind, Reach, ReachReason
from crawler.snapshot.rendering import Picture, Rendering, RenderOutcome, RenderReason
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
    "Picture",
    "Reach",
    "ReachReason",
    "RenderOutcome",
    "RenderReason",
    "Rendering",
    "SearchTry",
    "SiteSnapshot",
    "Target",
]
