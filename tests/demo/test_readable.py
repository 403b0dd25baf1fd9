"""The facts readers over sound pages of the world: what stands there is seen, in every style."""

import pytest

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts, PageType, ReportKind, SearchState
from xuncha.demo.numbers import icp_number, police_number
from xuncha.demo.site import Site, Style, Trap
from xuncha.demo.world import AS_OF, load_world

WORLD = load_world()
STATE = WORLD.state(AS_OF)
HIDING = {
    Trap.FRAMESET,
    Trap.META_REFRESH,
    Trap.SCRIPT_FOOTER,
    Trap.SCRIPT_FILLED_COLUMNS,
    Trap.COLUMNS_OF_RECORDS,
    Trap.HOMEPAGE_BY_SCRIPT,
}
SOUND = [site for site in WORLD.sites if site.sound and not site.traps & HIDING]


def read(site: Site, address: str) -> PageFacts:
    pages = STATE.pages(site.host)
    body = (pages.render(address) or "").encode(pages.charset)
    return read_page(body, content_type="text/html", url=f"http://{site.host}{address}", as_of=AS_OF.date())


@pytest.mark.parametrize("site", SOUND, ids=lambda site: site.host)
def test_homepages_show_their_marks(site: Site) -> None:
    facts = read(site, "/")
    assert facts.page_type is PageType.HOME
    assert facts.marks.site_code.value == site.code
    assert facts.marks.sponsor.value == site.sponsor
    assert facts.marks.party_mark.seen and facts.marks.feedback_entry.seen
    assert (facts.marks.icp.value or "").startswith(icp_number(site.filing))
    assert police_number(site.filing) in (facts.marks.police_filing.value or "")


@pytest.mark.parametrize("site", SOUND, ids=lambda site: site.host)
def test_homepages_offer_search_letters_and_report(site: Site) -> None:
    facts = read(site, "/")
    pages = STATE.pages(site.host)
    assert facts.search_form.state is SearchState.PRESENT
    assert facts.search_form.field == pages.search_field
    assert facts.search_form.action == f"http://{site.host}{pages.search_path}"
    assert facts.interaction
    assert [(report.kind, report.year) for report in facts.reports] == [(ReportKind.WORK, 2017)]


@pytest.mark.parametrize("site", [site for site in SOUND if site.style is not Style.GATEWAY], ids=lambda site: site.host)
def test_homepages_are_fresh(site: Site) -> None:
    newest = read(site, "/").newest_date
    assert newest is not None and 0 <= (AS_OF.date() - newest).days < 14


@pytest.mark.parametrize("style", Style)
def test_guides_are_complete(style: Style) -> None:
    site = next(site for site in WORLD.sites if site.sound and site.style is style)
    for address, (template, _) in STATE.pages(site.host).addresses.items():
        if template.startswith("shared/guide_"):
            guide = read(site, address).guide
            assert guide is not None and guide.missing == ()
