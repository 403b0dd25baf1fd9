"""Which pages of a site are rendered, and why. What decides are facts; what is not rendered stays as it was received. Pure."""

from collections.abc import Iterable

from crawler.facts.records import STAND_INS, Marks, PageFacts, SearchState
from crawler.snapshot import Page, PageRole, ReachReason, RenderReason

_WITH_LISTS = frozenset({PageRole.CHANNEL, PageRole.COLUMN, PageRole.INTERACTION, PageRole.GUIDE})
_MARKS = ("party_mark", "site_code", "icp", "police_filing", "feedback_entry")


def reason_to_render(page: Page) -> RenderReason | None:
    """Return what of a page within the site exists only through scripts; None where nothing does, or nothing was received."""
    facts = page.facts
    if facts is None or page.role not in _WITH_LISTS:
        return None
    return _reason_for_content(page, facts)


def reason_to_render_shell(home: Page | None, unclear: ReachReason | None) -> RenderReason | None:
    """Return why a homepage that was received and shows no content is rendered; None where rendering is of no use."""
    if home is None or home.facts is None or unclear is not ReachReason.SCRIPT_ONLY:
        return None
    return RenderReason.SHELL if home.facts.script_dependent else RenderReason.FORWARD


def reason_to_render_front(home: Page, footers: Iterable[Page]) -> RenderReason | None:
    """Return what of a homepage that shows content exists only through scripts; `footers` are what its footer was read from beside it."""
    facts = home.facts
    if facts is None:
        return None
    if (reason := _reason_for_content(home, facts)) is not None:
        return reason
    if facts.marks.footer_by_script and _lacks_marks([facts.marks, *(page.facts.marks for page in footers if page.facts)]):
        return RenderReason.FOOTER
    form = facts.search_form
    # A box that stands in the page, a frame or a page of its own is there: only one that a script writes is not.
    written = form.state is SearchState.JS_ONLY and form.field is None and form.action is None
    return RenderReason.SEARCH_BOX if written else None


def _reason_for_content(page: Page, facts: PageFacts) -> RenderReason | None:
    if facts.script_dependent:
        return RenderReason.SHELL if _was_received(page, facts) else None
    if facts.filled_later or (facts.column is not None and facts.column.script_filled):
        return RenderReason.LIST if _was_received(page, facts) else None
    if facts.letters is not None and facts.letters.script_filled:
        return RenderReason.LETTERS if _was_received(page, facts) else None
    return None


def _was_received(page: Page, facts: PageFacts) -> bool:
    """Tell whether the page is the page: a challenge or a notice in its place is not rendered, and nothing is done to get past it."""
    answered = page.failure is None and page.status is not None and page.status < 400
    return answered and facts.challenge is None and facts.notice is None and facts.page_type not in STAND_INS


def _lacks_marks(seen: list[Marks]) -> bool:
    return not all(any(getattr(marks, name).seen for marks in seen) for name in _MARKS)
