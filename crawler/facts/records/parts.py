"""Service guides, yearly reports, notices, forwards, links."""

from enum import StrEnum

from crawler.facts.records.base import Record

GUIDE_ELEMENTS = ("事项名称", "设定依据", "申请条件", "办理材料", "办理地点", "办理时间", "联系电话", "办理流程")
"""The eight element classes of a service guide (standards.md 3.2)."""


class Guide(Record, frozen=True, kw_only=True):
    """A service guide: which of the eight element classes hold content, which do not, which only point to an attachment."""

    title: str = ""
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    """Classes answered by 见附件 or a download alone: neither present nor missing. They are listed in `present` as well."""
    excerpt: str = ""


class ReportKind(StrEnum):
    """The reports that are easily taken for each other."""

    WORK = "work"
    """政府网站工作年度报表: the one each site owes."""
    SUPERVISION = "supervision"
    """政府网站监管年度报表: owed by provinces and ministries."""
    OPENNESS = "openness"
    """政府信息公开工作年度报告: another duty."""


class ReportMention(Record, frozen=True, kw_only=True):
    """A link to, or the page of, a yearly report, with the year it reports on where printed."""

    kind: ReportKind
    title: str
    year: int | None = None
    url: str | None = None


class NoticeKind(StrEnum):
    """What a notice page says of the site (standards.md section 8)."""

    MAINTENANCE = "maintenance"
    MOVED = "moved"
    CLOSED = "closed"
    OFFLINE = "offline"
    """Temporarily taken down: 临时下线, 暂停服务."""


class Notice(Record, frozen=True, kw_only=True):
    """A page that is a notice instead of content."""

    kind: NoticeKind
    excerpt: str
    target: str | None = None


class ForwardKind(StrEnum):
    """How a page without content of its own sends the reader elsewhere."""

    META = "meta"
    SCRIPT = "script"
    FRAME = "frame"


class Forward(Record, frozen=True, kw_only=True):
    """A redirect stub or frameset: where it leads (absolute where the page's address is known)."""

    kind: ForwardKind
    targets: tuple[str, ...]


class Link(Record, frozen=True, kw_only=True):
    """A link of the page: absolute address and its text (or the title or alt of its image)."""

    url: str
    text: str = ""
