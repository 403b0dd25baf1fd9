"""How much of a site was seen: the proof that enough was seen to claim that something is absent. Pure."""

from collections.abc import Iterable, Sequence

from crawler.facts.records import PageFacts
from crawler.snapshot import Coverage, Page, PageRole, Reach

_MESSAGE = 100
"""Characters: what a page says beyond the frame that all pages of the site share, where it says no more than a message."""


def coverage_of(
    home: Page | None,
    pages: Sequence[Page],
    reach: Reach,
    *,
    columns_found: int,
    budget_spent: bool,
    out_of_time: bool,
    without_browser: bool = False,
) -> Coverage:
    """Return what was seen of a site; `pages` are those besides its homepage."""
    facts = home.facts if home else None
    columns = _distinct(page for page in pages if page.role is PageRole.COLUMN and page.shows_its_list)
    return Coverage(
        homepage_seen=reach is Reach.OK,
        homepage_limited=bool(home and (home.failure or (facts and facts.limited))),
        script_dependent=bool(facts and facts.script_dependent),
        columns_found=columns_found,
        columns_seen=len(columns) - len(frames_alone(home, columns)),
        budget_spent=budget_spent,
        out_of_time=out_of_time,
        without_browser=without_browser,
    )


def _distinct(pages: Iterable[Page]) -> list[Page]:
    """Return pages without those that are the same, to the letter, as one that another name leads to: a cache has mixed them up."""
    found: dict[str, Page] = {}
    return [page for page in pages if found.setdefault(page.sha256, page) is page or page.link_text == found[page.sha256].link_text]


def frames_alone(home: Page | None, pages: Sequence[Page]) -> list[Page]:
    """Return the pages that show the frame of the site, its head and foot, with nothing or a message in it: what they are for was not seen.

    Such a page has another title than the link to it, leads nowhere that the homepage does not lead, has no list, no form and no date, and
    hardly more text beside its links than the page that has the least.
    """
    if home is None or home.facts is None:
        return []
    known = {link.url for link in home.facts.links}
    bare = [page for page in pages if page.facts and not _is_titled(page, page.facts) and _is_bare(page.facts, known)]
    if not bare:
        return []
    frame = min(_unlinked(page.facts) for page in (home, *pages) if page.facts)
    return [page for page in bare if page.facts and _unlinked(page.facts) <= frame + _MESSAGE]


def _is_titled(page: Page, facts: PageFacts) -> bool:
    return bool(page.link_text) and page.link_text in facts.title


def _unlinked(facts: PageFacts) -> int:
    return facts.text_length - sum(len(link.text) for link in facts.links)


def _is_bare(facts: PageFacts, known: set[str]) -> bool:
    if facts.publish_date or facts.column or facts.letters or facts.guide or any(block.items for block in facts.blocks):
        return False
    return known.issuperset(link.url for link in facts.links)
