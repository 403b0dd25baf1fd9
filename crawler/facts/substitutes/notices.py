"""Notice pages: a page that, instead of content, says that the site is paused, closed, moved, or that there is nothing here."""

import re

from crawler.facts.columns.list_place import ListPlace
from crawler.facts.masking import mask_personal_data
from crawler.facts.records import Notice, NoticeKind
from crawler.facts.substitutes.forwards import script_targets
from crawler.facts.substitutes.own_content import has_own_content
from crawler.facts.tree.document import Document
from crawler.facts.tree.script_files import is_harmless, script_files
from crawler.facts.tree.text import excerpt

_LONGEST_TEXT = 1_500
_MOST_LINKS = 20
_SITE = r"(?:本|我单位|该|此|原)?(?:网站|站点|网页|门户|平台|系统|站)"
_KINDS = (
    (
        NoticeKind.MOVED,
        rf"{_SITE}.{{0,20}}(?:已|将)?(?:整体)?(?:(?:迁移|搬迁|搬家|整合|合并|切换)(?:至|到|入|为)|并入|迁往)"
        r"|域名(?:已)?(?:变更|更换|调整|启用)|(?:请|敬请).{0,12}(?:访问|使用|登[录陆]|进入).{0,6}新(?:的)?(?:网站|网址|域名|平台|地址"
        r"|版网站|站)"
        r"|欢迎访问新版?网站|跳转[至到]新(?:的)?(?:网站|网址|域名|平台|站)|网站迁移|启用新(?:域名|网址|网站)|已(?:整合|迁移|搬迁)(?:至|到)|站已(?:经)?(?:搬家|搬迁|迁移)|新网址",
    ),
    (
        NoticeKind.CLOSED,
        rf"{_SITE}.{{0,12}}(?:已|现已|将|予以|正式)?.{{0,6}}(?:关停|永久下线|永久关闭|停止(?:更新|运行|服务|使用|维护|访问)|停办|注销"
        r"|不再(?:更新|维护|使用))|已关停|永久(?:下线|关闭)"
        rf"|(?:此|本|该|原)网?站(?:(?!功能|评论|留言|注册|登[录陆]|栏目|系统).){{0,16}}已(?:经)?"
        r"(?:于.{4,14}?)?(?:关闭|停用)|网站关(?:停|闭)",
    ),
    (
        NoticeKind.OFFLINE,
        rf"临时(?:下线|关闭|停用)|暂时(?:关闭|下线|停止|无法访问|停用)|{_SITE}.{{0,8}}暂停(?:服务|访问|使用|开放|运行)?|暂停(?:服务"
        rf"|访问|对外服务)"
        r"|站点(?:已)?暂停|(?:此|本|该|原).{0,12}网站.{0,6}已(?:经)?下线"
        r"|(?:栏目|频道|专题|页面)(?:现)?(?:已|暂)(?:经)?(?:关闭|停用|停止(?:更新|访问)|下线)",
    ),
    (
        # "网站建设：某公司", "维护中心" and "建设中路" stand at the foot of ordinary pages.
        NoticeKind.MAINTENANCE,
        r"(?:升级|改版|维护|建设|调试|检修|调整|整改|完善|更新)(?:改造|改版|维护|升级|建设)?中(?![心路街学小央国共医华期标型的存有取])"
        r"|(?:系统|网站|平台|服务器)(?:正在)?(?:进行)?(?:升级|维护|改版|检修|调试)(?:改造|改版|维护|升级)?(?:期间|公告|通知|[,，。!！])"
        r"|正在(?:进行)?.{0,6}(?:升级|维护|改版|建设|检修|调试|整改|迁移|搬迁|割接)"
        r"|(?:例行|临时)(?:维护|检修)|(?:网站|站点|平台|页面).{0,4}(?:筹建|筹备|备案)中|(?:网站|平台).{0,4}即将上线"
        r"|under (?:construction|maintenance)|coming soon|be (?:right )?back soon",
    ),
)
_NOTICE = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9\-]+\.)+(?:gov\.cn|政务|org\.cn|com\.cn|edu\.cn|com|cn|net|org)(?:/[\w\-./?=&%]*)?", re.IGNORECASE
)

_MISSING = (
    r"(?:页面|网页|文件|文档|稿件|信息|内容|文章|栏目|资源|链接|地址|网址|站点|模板).{0,12}(?:不存在|不见了|不可用|不能访问|找不到|未找到|没有找到|无法找到|已(?:被)?(?:管理员)?(?:删除|移除"
    r"|失效|过期)|已经(?:被)?(?:删除|失效)|无法(?:显示|访问)|未发布)"
    r"|(?:找不到|未找到|没有找到|无法找到|无法显示).{0,10}(?:页面|网页|文件|信息|内容|文章|栏目|资源|站点|网址|该页)|\b404\b|not found"
    r"|(?:页面|网页).{0,8}(?:丢[了失]|迷路|飞走)|(?:页面|网页|信息|文章|稿件|内容).{0,12}已(?:经|被)?(?:撤销|撤稿|撤回|下架)"
    r"|该页无法显示|暂无此(?:信息|文章|内容)|No input file specified|No such file or directory|page cannot be (?:displayed|found)"
)
_BROKEN = (
    r"出错[了啦]|出现错误|(?:系统|服务器)(?:内部|发生)?(?:错误|异常|繁忙)|(?:internal )?server error|runtime error|运行时错误"
    r"|应用程序中的服务器错误|bad gateway|gateway time-?out|service (?:temporarily )?unavailable|Fatal error: "
    r"|数据库(?:服务器|[连链]接)*(?:错误|失败|出错|异常|超时)|[连链]接(?:不上|到)?数据库(?:服务器)?(?:错误|失败|出错|异常|超时)"
    r"|(?:无法|不能)[连链]接(?:上|到)?数据库|SQLSTATE\[|Database (?:connection )?error|Too many connections|DedeCMS Error"
    r"|(?:Lost|Can't|Could not|Unable to|Failed to) connect(?:ion)? to (?:the )?(?:local |remote )?(?:MySQL|database|SQL|ORA|server)"
    r"|Error establishing a database connection|page you are looking for is temporarily unavailable"
    r"|An error occurred|Warning: \w+\(\)|DNS解析(?:错误|失败)"
    r"|Microsoft OLE DB|ODBC (?:Microsoft|SQL)|ADODB\.|Whitelabel Error|(?:java|javax|org\.apache)\.[\w.]+Exception"
)
_NO_SITE = (
    r"(?:站点|网站|空间|主机)已?(?:到期|过期|欠费)|网站.{0,6}无法(?:进行)?访问|没有找到站点|站点创建成功|没有默认页"
    r"|域名.{0,10}(?:过期|到期|出售|转让|停放)|未(?:绑定|备案)|domain (?:name )?is for sale"
    r"|Welcome to (?:nginx|OpenResty|CentOS|tengine)|IIS ?\d|IIS Windows|Apache2? .{0,20}default page|It works!|Apache Tomcat/"
    r"|successfully installed Tomcat|Test Page for|default welcome page|Bad Request \(Invalid Hostname\)|目录列表被拒绝"
    r"|(?m:^Index of /)|(?m:^\W*(?:参数(?:错误|有误|非法|不正确|无效)|(?:非法|无效的?)(?:参数|请求|操作)|Object moved|对象已移动)\W*$)"
)
_NOT_FOUND = re.compile(rf"{_MISSING}|{_BROKEN}|{_NO_SITE}", re.IGNORECASE)
_NOT_FOUND_TEXT = 600
_NOT_FOUND_TITLE = re.compile(
    r"\b404\b|HTTP (?:Status|状态|错误) ?[–-]? ?[45]\d\d|页面(?:不存在|未找到|找不到|没有找到)|not found|出错|错误(?:页|提示|页面)?$|找不到"
    r"|IIS|Welcome to|Apache Tomcat/",
    re.IGNORECASE,
)
_SERVER_SPEAKS = re.compile(r"没有默认页|\b404\b|(?:页面|网页|文件).{0,8}(?:不存在|找不到|未找到|(?:被|已)删除)")
"""What servers and publishing systems say of any address; it may go on to guess that the page is being built."""

_ASKED_FOR = re.compile(
    r"(?:您|你|所)要?(?:访问|查看|浏览|请求|查找)的.{0,8}(?:页面|网页|信息|文章|内容|栏目|文件).{0,8}(?:不存在|找不到|未找到|没有找到|已(?:被)?(?:删除|移除|下线)|失效)"
)
_LONGEST_ANSWER = 80
_LONGEST_ERROR_TEXT = 4_000
_CREDIT = re.compile(r"(?:技术支持|制作(?:单位|维护)?|设计制作|Powered by|Produced by|Copyright|版权所有|©)[^\n]{0,60}", re.IGNORECASE)
_LONGEST_CREDIT = 80


def read_notice(document: Document) -> Notice | None:
    """Return the notice that a page is, or None; a normal page that carries a notice among its links is none."""
    text = document.text
    if len(text) > _LONGEST_TEXT or len(document.anchors) > _MOST_LINKS or has_own_content(document):
        return None
    seen = document.title + "\n" + (text or _picture_names(document))
    if _SERVER_SPEAKS.search(seen):
        return None
    for kind, pattern in _NOTICE:
        if match := pattern.search(seen):
            return Notice(kind=kind, excerpt=mask_personal_data(excerpt(seen, *match.span())), target=_target(document, kind))
    return None


def says_not_found(document: Document) -> bool:
    """Tell whether a page says, under status 200, that it is not there, or that the server has failed."""
    text = document.text
    if len(document.anchors) > _MOST_LINKS:
        return False
    if has_own_content(document):
        return _stands_under_breadcrumb(document)
    if len(text) <= _LONGEST_ERROR_TEXT and _NOT_FOUND_TITLE.search(document.title):
        return True
    return len(text) <= _NOT_FOUND_TEXT and bool(_NOT_FOUND.search(f"{text}\n{_picture_names(document)}"))


def _stands_under_breadcrumb(document: Document) -> bool:
    """Tell whether all that stands between a breadcrumb and the footer is that the page asked for is not there."""
    own = ListPlace(document).own
    return sum(map(len, own)) <= _LONGEST_ANSWER and any(_ASKED_FOR.search(text) for text in own)


def is_blank(document: Document) -> bool:
    """Tell whether a page shows nothing at all, or nothing but who made it."""
    text = document.text
    if len(text) > _LONGEST_CREDIT or _CREDIT.sub("", text).strip() or len(document.anchors) > 1:
        return False
    if any(not is_harmless(source) for source in script_files(document)):
        return False
    return document.tree.css_first("iframe[src], frame[src], img, object, embed, form, canvas, video") is None


def _picture_names(document: Document) -> str:
    """Return what the pictures of a page are called: some notices are painted."""
    names = (node.attributes.get("alt") or node.attributes.get("title") or "" for node in document.tree.css("img[alt], img[title]"))
    return "\n".join(names)[:_NOT_FOUND_TEXT]


def _target(document: Document, kind: NoticeKind) -> str | None:
    """Return where the notice sends the reader: its forward, its only link, or the address it prints."""
    if kind is NoticeKind.MAINTENANCE:
        return None
    for href in (*script_targets(document), *(anchor.href for anchor in document.anchors)):
        if address := document.resolve(href):
            return address
    printed = _ADDRESS.search(document.text)
    return document.resolve(printed.group() if "://" in printed.group() else "http://" + printed.group()) if printed else None
