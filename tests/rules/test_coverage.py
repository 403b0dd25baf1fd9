"""What must have been seen before something may be called absent."""

import msgspec
import pytest

from crawler.facts.records import Column, Item, Link, Marks, NavigationLink, PageType
from crawler.snapshot import Coverage, Failure, FailureKind, PageRole
from rules.coverage import ENOUGH_COLUMNS
from rules.dossier import Dossier
from rules.rule import Cover
from rules.verdict import Verdict
from tests.rules.dossiers import PROOF, SEEN, URL, absent, dossier, fine, home, judge, page, site_rule

LINK = NavigationLink(text="工作动态", url=URL + "lm/")
ENTRIES = Column(name="政务要闻", items=(Item(title="县领导到各乡镇开展节前安全生产检查", url=URL + "1.html"),))
FRAME = (Link(text="政府信息公开 新闻动态", url=URL + "lm/"),)
CHANNEL = page(PageRole.CHANNEL, "main/", facts=home(title="清河县人民政府").facts)
UNSEEN: dict[str, tuple[Cover, Dossier]] = {
    "homepage not seen": (Cover.HOMEPAGE, dossier(coverage=Coverage(columns_found=3, columns_seen=3))),
    "homepage cut": (Cover.HOMEPAGE, dossier(coverage=msgspec.structs.replace(SEEN, homepage_limited=True))),
    "homepage over the parser's limits": (Cover.HOMEPAGE, dossier(home(limited=True))),
    "homepage broke off": (Cover.HOMEPAGE, dossier(page(failure=Failure(kind=FailureKind.RESET)))),
    "homepage made by scripts": (Cover.HOMEPAGE, dossier(coverage=msgspec.structs.replace(SEEN, script_dependent=True))),
    "homepage is an empty shell": (Cover.HOMEPAGE, dossier(home(script_dependent=True))),
    "homepage in another language": (Cover.HOMEPAGE, dossier(home(title="Qinghe County"))),
    "homepage in letters that a server spoilt": (Cover.HOMEPAGE, dossier(home(title="娓呮渤鍘夸汉姘戞斂搴�"))),
    "homepage in traditional characters": (Cover.HOMEPAGE, dossier(home(title="清河縣人民政府門戶網站 無障礙閱讀 領導信息公開 辦事服務"))),
    "homepage for telephones": (Cover.HOMEPAGE, dossier(home(title="清河县人民政府手机版"))),
    "an inner page for the homepage": (Cover.HOMEPAGE, dossier(home(page_type=PageType.ARTICLE))),
    "homepage kept by a cache for three days": (Cover.HOMEPAGE, dossier(msgspec.structs.replace(home(), kept_for=3 * 86_400))),
    "a part of the homepage that nobody asked for": (Cover.HOMEPAGE, dossier(msgspec.structs.replace(home(), status=206))),
    "a homepage that leads nowhere but where each list leads": (
        Cover.HOMEPAGE,
        dossier(home(links=FRAME), *(page(PageRole.COLUMN, path, facts=home(links=FRAME).facts) for path in ("a/", "b/", "c/"))),
    ),
    "nothing but the homepage": (Cover.HOMEPAGE, dossier(coverage=Coverage(homepage_seen=True))),
    "the page behind the entrance is lost": (
        Cover.HOMEPAGE,
        dossier(home(), page(PageRole.CHANNEL, "main/", facts=None, status=None, failure=Failure(kind=FailureKind.TIMEOUT))),
    ),
    "the page behind the entrance has a script that adds to it": (
        Cover.HOMEPAGE,
        dossier(home(), page(PageRole.CHANNEL, "main/", facts=home(title="清河县人民政府", additions="fetch( /foot.html").facts)),
    ),
    "the page behind the entrance has a file that adds to it": (
        Cover.HOMEPAGE,
        dossier(
            home(),
            page(PageRole.CHANNEL, "main/", facts=home(title="清河县人民政府", scripts=(URL + "a.js",)).facts),
            page(PageRole.FOOTER, "a.js", facts=home(additions="fetch( /foot.html").facts),
        ),
    ),
    "one of two pages behind the entrance is lost": (
        Cover.HOMEPAGE,
        dossier(home(), CHANNEL, page(PageRole.CHANNEL, "bsfw/", facts=None, status=503)),
    ),
    "a frame of the homepage unread": (Cover.HOMEPAGE, dossier(home(frames=(URL + "list.asp",)))),
    "a frame of the homepage lost": (
        Cover.HOMEPAGE,
        dossier(home(frames=(URL + "list.asp",)), page(PageRole.FRAME, "list.asp", facts=None, status=503)),
    ),
    "a fragment that a script fetches, and no browser": (
        Cover.HOMEPAGE,
        dossier(home(additions="fetch( /api/foot"), coverage=msgspec.structs.replace(SEEN, without_browser=True)),
    ),
    "a file of the homepage that decodes what it writes, and no browser": (
        Cover.HOMEPAGE,
        dossier(
            home(),
            page(PageRole.FOOTER, "a.js", facts=home(additions="atob(").facts),
            coverage=msgspec.structs.replace(SEEN, without_browser=True),
        ),
    ),
    "head in a script": (Cover.NAVIGATION, dossier(home(navigation=(LINK,), head_by_script=True))),
    "navigation in pictures": (Cover.NAVIGATION, dossier(home(), page(PageRole.COLUMN, "lm/"))),
    "no list on the homepage": (Cover.LISTS, dossier()),
    "no list on the homepage but the links of its foot": (
        Cover.LISTS,
        dossier(home(blocks=(msgspec.structs.replace(ENTRIES, name=None),))),
    ),
    "a list on the homepage that a script fills": (Cover.LISTS, dossier(home(blocks=(ENTRIES,), filled_later=True))),
    "footer in a script": (Cover.FOOTER, dossier(home(marks=Marks(footer_by_script=True)))),
    "footer's script is gone": (Cover.FOOTER, dossier(home(marks=Marks(footer_by_script=True)), page(PageRole.FOOTER, "f.js", status=404))),
    "footer's script cut": (
        Cover.FOOTER,
        dossier(home(marks=Marks(footer_by_script=True)), page(PageRole.FOOTER, "f.js", failure=Failure(kind=FailureKind.RESET))),
    ),
    "one of two footer files lost": (
        Cover.FOOTER,
        dossier(home(marks=Marks(footer_by_script=True)), page(PageRole.FOOTER, "f.js"), page(PageRole.FOOTER, "g.js", facts=None)),
    ),
    "a column of three unread": (Cover.COLUMNS, dossier(coverage=msgspec.structs.replace(SEEN, columns_seen=2))),
    "a picture that leads nobody knows where": (Cover.PICTURES, dossier(home(links=(Link(url=URL + "p/"),)))),
    "too few of many columns": (
        Cover.COLUMNS,
        dossier(coverage=Coverage(homepage_seen=True, columns_found=90, columns_seen=ENOUGH_COLUMNS - 1)),
    ),
}
ENOUGH: dict[str, tuple[Cover, Dossier]] = {
    "a whole homepage that leads on": (Cover.HOMEPAGE, dossier()),
    "no browser, and no script that adds what was not read": (
        Cover.HOMEPAGE,
        dossier(coverage=msgspec.structs.replace(SEEN, without_browser=True)),
    ),
    "the page behind the entrance": (
        Cover.HOMEPAGE,
        dossier(home(), CHANNEL, coverage=Coverage(homepage_seen=True)),
    ),
    "a frame of the homepage that was read": (
        Cover.HOMEPAGE,
        dossier(home(frames=(URL + "list.asp",)), page(PageRole.FRAME, "list.asp")),
    ),
    "a navigation bar on the homepage": (Cover.NAVIGATION, dossier(home(navigation=(LINK,)))),
    "a list on the homepage": (Cover.LISTS, dossier(home(blocks=(ENTRIES,)))),
    "a footer in the page": (Cover.FOOTER, dossier()),
    "a footer in a script that was read": (Cover.FOOTER, dossier(home(marks=Marks(footer_by_script=True)), page(PageRole.FOOTER, "f.js"))),
    "all columns": (Cover.COLUMNS, dossier()),
    "pictures that were opened, or lead to marks and files": (
        Cover.PICTURES,
        dossier(
            home(
                links=tuple(
                    Link(url=url) for url in (URL + "p/", URL + "a.pdf", "http://www.beian.gov.cn/portal", "http://www.qinghe.com/")
                )
            ),
            page(PageRole.PICTURE, "p/"),
        ),
    ),
    "enough of many columns": (
        Cover.COLUMNS,
        dossier(coverage=Coverage(homepage_seen=True, columns_found=90, columns_seen=ENOUGH_COLUMNS)),
    ),
}


@pytest.mark.parametrize(("cover", "judged"), UNSEEN.values(), ids=UNSEEN.keys())
def test_a_claim_of_absence_falls_where_too_little_was_seen(cover: Cover, judged: Dossier) -> None:
    finding = judge(site_rule(absent, covers=(cover,)), judged)
    code = "needs_browser" if judged.snapshot.coverage.without_browser else "coverage_low"
    assert (finding.verdict, finding.reason_code, finding.evidence) == (Verdict.INCONCLUSIVE, code, (PROOF,))
    assert not finding.problem and not finding.remedy


@pytest.mark.parametrize(("cover", "judged"), ENOUGH.values(), ids=ENOUGH.keys())
def test_a_claim_of_absence_stands_where_enough_was_seen(cover: Cover, judged: Dossier) -> None:
    assert judge(site_rule(absent, covers=(cover,)), judged).verdict is Verdict.FAIL


@pytest.mark.parametrize(("cover", "judged"), UNSEEN.values(), ids=UNSEEN.keys())
def test_coverage_touches_no_other_verdict(cover: Cover, judged: Dossier) -> None:
    assert judge(site_rule(fine, covers=(cover,)), judged).verdict is Verdict.PASS


@pytest.mark.parametrize("covered", Cover)
def test_every_cover_is_tried_both_ways(covered: Cover) -> None:
    assert covered in {cover for cover, _ in UNSEEN.values()} & {cover for cover, _ in ENOUGH.values()}
