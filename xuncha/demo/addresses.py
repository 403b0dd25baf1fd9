"""Where the pages of each style stand: the address schemes of their publishing systems."""

from dataclasses import dataclass
from datetime import date
from hashlib import md5

from xuncha.demo.content import Entry, Section
from xuncha.demo.site import Style


@dataclass(frozen=True, slots=True)
class Scheme:
    """The addresses of one style, as format strings over slug, index, page, previous (page), day, number and digest."""

    column: str
    later_page: str
    article: str
    channel: str
    letters: str
    letter: str
    writing: str
    guides: str
    guide: str
    report: str
    search: str
    field: str
    """The name of the field of the search form."""
    hidden: tuple[tuple[str, str], ...] = ()
    """Further fields of the search form."""

    def column_address(self, section: Section, index: int, page: int = 1) -> str:
        """Return the address of a page of a column."""
        pattern = self.column if page == 1 else self.later_page
        return pattern.format(slug=section.slug, index=index, page=page, previous=page - 1)

    def article_address(self, section: Section, index: int, entry: Entry) -> str:
        """Return the address of an entry's own page."""
        return self.article.format(
            slug=section.slug, index=index, number=entry.number, day=entry.address_date, digest=_digest(section.slug, entry)
        )

    def report_address(self, published: date, number: int) -> str:
        """Return the address of a yearly report."""
        return self.report.format(day=published, number=number)


def _digest(slug: str, entry: Entry) -> str:
    """Return the long name that some systems give to a page: no secret, only an unguessable-looking path."""
    return md5(f"{slug}{entry.number}{entry.title}".encode(), usedforsecurity=False).hexdigest()


SCHEMES = {
    Style.TABLES: Scheme(
        column="/list.asp?classid={index}", later_page="/list.asp?classid={index}&page={page}", article="/show.asp?id={number}",
        channel="/class.asp?id={slug}", letters="/guestbook.asp", letter="/guestshow.asp?id={number}", writing="/guestadd.asp",
        guides="/bszn.asp", guide="/bsshow.asp?id={number}", report="/show.asp?id={number}",
        search="/search.asp", field="keyword", hidden=(("action", "title"),),
    ),
    Style.DATED_PATHS: Scheme(
        column="/{slug}/index.html", later_page="/{slug}/index_{previous}.html",
        article="/{slug}/{day:%Y%m}/t{day:%Y%m%d}_{number}.html", channel="/{slug}/index.html",
        letters="/hdjl/ldxx/index.html", letter="/hdjl/ldxx/xj_{number}.html", writing="/hdjl/wyxx/index.html",
        guides="/bsfw/bszn/index.html", guide="/bsfw/bszn/zn_{number}.html", report="/wznb/{day:%Y%m}/t{day:%Y%m%d}_{number}.html",
        search="/was5/web/search", field="searchword", hidden=(("channelid", "233418"),),
    ),
    Style.NUMBERED_COLUMNS: Scheme(
        column="/col/col{index}/index.html", later_page="/col/col{index}/index.html?pageNum={page}",
        article="/art/{day:%Y}/{day.month}/{day.day}/art_{index}_{number}.html", channel="/col/{slug}/index.html",
        letters="/col/col9001/index.html", letter="/jact/front/mailpubdetail.do?transactId={number}", writing="/jact/front/mailwrite.do",
        guides="/col/col9002/index.html", guide="/art/bszn/art_9002_{number}.html",
        report="/art/{day:%Y}/{day.month}/{day.day}/art_9003_{number}.html", search="/jrobot/search.do", field="q",
        hidden=(("webid", "12"), ("p", "1")),
    ),
    Style.TABS: Scheme(
        column="/{slug}.htm", later_page="/{slug}/{page}.htm", article="/info/10{index:02}/{number}.htm", channel="/channel_{slug}.htm",
        letters="/hdjl/xzxx.htm", letter="/hdjl/xzxx/content_{number}.htm", writing="/hdjl/wyxx.htm", guides="/bsfw/bszn.htm",
        guide="/info/1090/{number}.htm", report="/info/1091/{number}.htm", search="/ssjgy.jsp", field="wbtreeid_key",
    ),
    Style.RENDERED_COMPONENTS: Scheme(
        column="/channel/{slug}", later_page="/channel/{slug}?page={page}", article="/article/{digest}", channel="/channel/{slug}",
        letters="/interaction/letters", letter="/interaction/letters/{number}", writing="/interaction/write", guides="/service/guides",
        guide="/service/guides/{number}", report="/article/report-{number}", search="/search", field="q",
    ),
    Style.PORTAL: Scheme(
        column="/{slug}/common_list.html", later_page="/{slug}/common_list_{page}.html",
        article="/{slug}/{day:%Y%m}/{digest}.html", channel="/{slug}/channel.shtml", letters="/zmhd/xjgk/common_list.html",
        letter="/zmhd/xjgk/{number}.shtml", writing="/zmhd/wyxx/index.shtml", guides="/bsfw/bszn/common_list.html",
        guide="/bsfw/bszn/{number}.shtml", report="/wzndbb/{day:%Y%m}/report{number}.html", search="/s", field="searchWord",
        hidden=(("column", "全部"),),
    ),
    Style.PLATFORM: Scheme(
        column="/zwgk/{slug}/index.html", later_page="/zwgk/{slug}/index_{page}.html", article="/zwgk/{slug}/content/post_{number}.html",
        channel="/{slug}/index.html", letters="/hdjlpt/letter/index.html", letter="/hdjlpt/letter/detail_{number}.html",
        writing="/hdjlpt/letter/write.html", guides="/fwdt/index.html", guide="/fwdt/content/post_{number}.html",
        report="/zwgk/ndbb/content/post_{number}.html", search="/search/local", field="keywords", hidden=(("sort", "smart"),),
    ),
    Style.DEPARTMENT: Scheme(
        column="/plus/list.php?tid={index}", later_page="/plus/list.php?tid={index}&PageNo={page}",
        article="/a/{slug}/{day:%Y}/{day:%m%d}/{number}.html", channel="/a/{slug}/", letters="/plus/mailbox.php",
        letter="/plus/mailbox.php?aid={number}", writing="/plus/mailwrite.php", guides="/a/bszn/", guide="/a/bszn/{number}.html",
        report="/a/ndbb/{day:%Y}/{day:%m%d}/{number}.html", search="/plus/search.php", field="q", hidden=(("kwtype", "0"),),
    ),
    Style.GATEWAY: Scheme(
        column="/{slug}/index.jhtml", later_page="/{slug}/index_{page}.jhtml", article="/{slug}/{number}.jhtml",
        channel="/{slug}/index.jhtml", letters="/zxly/index.jhtml", letter="/zxly/{number}.jhtml", writing="/zxly/write.jhtml",
        guides="/bszn/index.jhtml", guide="/bszn/{number}.jhtml", report="/ndbb/{number}.jhtml", search="/search.jspx", field="q",
    ),
    Style.GRID_FORMS: Scheme(
        column="/NewsList.aspx?cid={index}", later_page="/NewsList.aspx?cid={index}&page={page}", article="/NewsView.aspx?nid={number}",
        channel="/Channel.aspx?id={slug}", letters="/MailList.aspx", letter="/MailView.aspx?id={number}", writing="/MailWrite.aspx",
        guides="/GuideList.aspx", guide="/GuideView.aspx?id={number}", report="/NewsView.aspx?nid={number}",
        search="/Search.aspx", field="key",
    ),
}  # fmt: skip
