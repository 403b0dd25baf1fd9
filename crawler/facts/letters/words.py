"""The words of letter pages: what a printed status means, which label introduces what, and which pages are about letters at all."""

import re
from enum import Enum

from crawler.facts.columns.breadcrumb import read_breadcrumb
from crawler.facts.records import LetterState
from crawler.facts.tree.document import Document
from crawler.facts.tree.text import half_width

LONGEST_STATUS = 12
_SPOKEN_OF = re.compile(r"^(?:该|此|本|您的)(?:信件?|来信|留言|诉求|问题|咨询|投诉|邮件|工单)(?:目前|现在?)?(?=.)")
"""该信件正在办理中: a status that says of what."""

_ACT = r"(?:回复|答复|办结|办理|办复|处理|解决|反馈|结案|回应|解答|回答|处置|办|结|回信)"
_STATES: tuple[tuple[LetterState, re.Pattern[str]], ...] = (
    (
        LetterState.REFUSED,
        re.compile(
            r"(?:拒绝|不予|不宜|不能|无法|不)(?:受理|办理|回复|答复|处理)|拒绝|审核(?:未|不)通过|未通过(?:审核)?|无效(?:信件|留言|来信|件)?|(?:已)?(?:退回|驳回|作废|撤销|关闭|撤回|退件)"
            r"|不(?:属于?|在)(?:受理|本部门|职责)?范围|重复(?:信件|来信|件|留言|投诉)?|垃圾信件"
        ),
    ),
    (
        LetterState.UNANSWERED,
        re.compile(
            rf"(?:暂时|目前|现|逾期|超期)?(?:未|尚未|暂未|还未|还没有?|没有|没)(?:被|进行)?(?:{_ACT}|受理|完成|处理完成|办理完成)"
            r"|(?:暂无|尚无|没有|无)(?:回复|答复|处理结果|办理结果)(?:内容|信息|意见)?"
            rf"|(?:等待|待)(?:{_ACT}|受理|转办|分派|签收|领导批示|部门回复)(?:中)?"
            rf"|(?:正在|在|部门)?(?:{_ACT}|受理|核实|调查|转办|交办|承办)(?:之)?中|正在(?:{_ACT}|受理|核实|调查)|在办"
        ),
    ),
    (
        LetterState.ANSWERED,
        re.compile(
            rf"(?:部门|单位)?(?:已经?|已全部|已由部门)(?:公开|电话|书面|直接|受理并)?(?:{_ACT}|完成|采纳|回访|评价|归档|公布答复|办毕|答|复|回)(?:完毕|完成|结束|公开|完结|并公开)?"
            rf"|(?:正常|按期|按时|提前|逾期|超期|限时|直接|电话|口头|回复)(?:办结|答复|回复)|办结归档|回复已?公开"
            rf"|(?:{_ACT})(?:完毕|完成|结束|完结|成功)|办结|结案|完结|完成|已处理完[毕成]|有回复|有答复|办理终结"
        ),
    ),
    (
        LetterState.UNKNOWN,
        re.compile(
            r"已(?:受理|转办|交办|分派|签收|审核|阅|读|提交|转|收|立案|登记|接收|公开|发布)|(?:转办|交办|受理|立案|审核通过)|(?:待|未|等待)审核?|审核中"
            r"|新(?:信件|办件|来信|留言|邮件)|延期(?:办理|回复)?|未读|部分回复"
        ),
    ),
)
PASSED_ON = re.compile(r"转(?:交|办|给|至|送)|已转|等待|尽快|正在")
"""Words of what is printed where an answer should stand, and is none yet."""
_ORNAMENTS = " \t[]【】()（）<>《》「」:：。.!·*●○★☆-—|/"
_NAMED_STATUS = re.compile(r"(?:状\s*态|办理情况|处理情况|回复情况|办理进度|办理结果)\s*[:：]\s*(\S{2,10})")
_BRACKETED = re.compile(r"[\[【(（<《]\s*([\u4e00-\u9fff]{2,8})\s*[\]】)）>》]")

_WRITER = re.compile(
    r"(?:来信|写信|留言|咨询|提问|反映|投诉|发件|联系|发布|提交|求助|诉求)(?:人|者)(?:姓名)?(?:\s*[:：]\s*|\s+)\S{1,8}|(?:姓\s?名|网名|昵称|署名|网友)\s*[:：]\s*\S{1,8}"
)

_LETTER = r"(?:信件|来信|留言|咨询|诉求|投诉|提问|写信|信箱|问政|建言|反映|求助|群众|网民|网友|市民|建议|问题|邮件|帖子|您的|我的|工单)"
_REPLY = r"(?:回复|答复|办理|处理|反馈|处置|解答|办结|回应|官方|部门|单位|领导|承办|回音|回信|审核)"


class Label(Enum):
    """What a label of a letter introduces."""

    TITLE = "title"
    CONTENT = "content"
    ASKED = "asked"
    ANSWERED = "answered"
    STATUS = "status"
    REPLY = "reply"
    OTHER = "other"


_LABELS: tuple[tuple[Label, re.Pattern[str]], ...] = (
    (
        Label.STATUS,
        re.compile(
            rf"(?:{_LETTER}|{_REPLY}|受理|当前|目前|办事)*(?:状态|进度|进展)|(?:办理|处理|回复|答复|办结)情况|是否(?:已)?(?:回复|答复|办结|处理|办理)"
        ),
    ),
    (
        Label.ANSWERED,
        re.compile(rf"(?!审核)(?:{_REPLY}|完成|最后|最新|官方)+(?:的)?(?:时间|日期)"),
    ),
    (
        Label.ASKED,
        re.compile(
            rf"(?:{_LETTER}|提交|发表|发起|发信|写|受理|登记|收件|收信|接收|发布|反映|递交|创建|添加)*(?:的)?(?:时间|日期)|(?:来信|留言|咨询|写信)于"
        ),
    ),
    (Label.TITLE, re.compile(rf"(?:{_LETTER})*(?:标题|主题|题目|名称|题名)|(?:咨询|留言|诉求)事项")),
    (
        Label.REPLY,
        re.compile(
            rf"(?!(?:领导|审核)意见)(?:{_REPLY}|网站|管理员|机关|最终|结果)+(?:的)?(?:内容|意见|结果|情况|信息|正文|详情|如下|回复|答复|说明)|(?:官方|部门|单位|领导|最新|管理员|信件|来信|留言|咨询|诉求)?(?:回复|答复|解答|回音|回信|回答|答)"
        ),
    ),
    (
        Label.CONTENT,
        re.compile(rf"(?:{_LETTER})+(?:的)?(?:内容|详情|正文|描述|详细|信息|问题)?|内容|正文|问|提问内容|具体内容|详细内容|事由"),
    ),
    (
        Label.OTHER,
        re.compile(
            rf"(?:{_LETTER}|{_REPLY}|受理|联系|查询|真实|处理|责任|分管|姓|发件|收件|提交|受文|回文|主送)*(?:人|者|姓名|网友|昵称|单位|部门|机构|对象|电话|手机|邮箱|地址|编号|单号|号码|流水号|查询码|类型|类别|分类|来源|IP"
            r"|地区|领域|方式|次数|对象|附件|满意度|评价|密码|序号|编码)|(?:群众|来信人|网友)?评议|审核(?:时间|日期)|(?:领导|审核|拟办|交办)(?:意见|批示|时间|日期)|分管领导|E-?mail|IP|浏览|点击|阅读|是否公开|公开|性别|职业|附件|序号|操作|名"
        ),
    ),
)
_BARE = frozenset(
    {
        "问",
        "答",
        "回复",
        "答复",
        "留言",
        "咨询",
        "来信",
        "投诉",
        "建议",
        "提问",
        "问题",
        "解答",
        "信件",
        "信箱",
        "时间",
        "日期",
        "内容",
        "名",
        "公开",
        "单位",
        "反映",
        "诉求",
    }
)
"""Words that are as often a menu entry: they are labels only with a colon, or in a cell of their own."""

LETTER_WORD = re.compile(r"信件|来信|留言|咨询|诉求|投诉|提问|写信|信箱|问政|回复|答复|求助|网民|网友")
_ABOUT_LETTERS = re.compile(
    r"信箱|来信|信件|留言|咨询|投诉|问政|诉求|建言|写信|提问|答复|回音|回应|意见建议|建议意见|问答|互动|政民|我要问|求助|民声|心声|参与|工单"
)
_ABOUT_LETTERS_ONLY = re.compile(r"信箱|来信|信件|留言|咨询|问政|诉求|写信|提问|咨询投诉|投诉建议|意见建议|建议意见|建言献策|回音")
_EXEMPT_ALWAYS = re.compile(r"征集|征求|调查|访谈|投票|问卷|信访|纪检|纪委|监察|1238\d|廉政|反腐|扫黑")
_EXEMPT_ALONE = re.compile(r"举报")
_NOT_LETTERS = re.compile(r"人大|政协|提案|议案|代表|委员|记者|电话|热线|统计|须知|指南|制度|说明|规定|查询|排行|办法|入口")
_NOT_A_LIST = re.compile(rf"{_NOT_LETTERS.pattern}|写信$|提交|填写|登录")
_LOOKUP = re.compile(r"(?:单号|流水号|查询码|查询密码|受理编号|信件编号|查询编号)\s*(?:查询)?\s*(?:[:：]|$)", re.MULTILINE)
_INVITATION = re.compile(r"(?:^|[\s|])(?:我要|在线|我想)(?:留言|写信|咨询|投诉|提问|建议)(?=$|[\s|]|我要)", re.MULTILINE)
"""Writers are invited, and look up their letters by number: a column of letters, whatever it is called."""
_TITLE_PARTS = re.compile(r"\s*(?:-+|[_|—–>»·])\s*")


def state_of(printed: str) -> LetterState | None:
    """Return what a short text says of a letter, as a status (已办结) or in brackets ([未回复]); None where it is no status.

    已受理, 已转办 and the like are UNKNOWN: they say that somebody has the letter, neither that it is answered nor that it is not.
    """
    text = half_width(printed)
    if len(text) <= LONGEST_STATUS + 4 and (state := _state(text)):
        return state
    for pattern in (_NAMED_STATUS, _BRACKETED):
        if (found := pattern.search(text)) and (state := _state(found[1])):
            return state
    return None


def without_writer(printed: str) -> str:
    """Return a text without the names that labels such as 来信人 introduce: names of people are not collected."""
    return _WRITER.sub("", printed)


def without_state(printed: str) -> str:
    """Return a title without the state in brackets that stands before or after it ([已回复]…)."""
    return _BRACKETED.sub(lambda found: "" if _state(found[1]) else found[0], printed).strip() if _BRACKETED.search(printed) else printed


def _state(text: str) -> LetterState | None:
    word = _SPOKEN_OF.sub("", "".join(text.split()).strip(_ORNAMENTS))
    if not 2 <= len(word) <= LONGEST_STATUS:
        return None
    return next((state for state, pattern in _STATES if pattern.fullmatch(word)), None)


def label_of(printed: str, *, marked: bool) -> Label | None:
    """Return what a label introduces, None where it is no label. `marked`: a colon, a cell or an element of its own sets it off."""
    if len(printed) > 16:
        return None
    name = "".join(half_width(printed).split()).strip(_ORNAMENTS)
    if not name or len(name) > 10 or (not marked and (name in _BARE or len(name) < 4)):
        return None
    return next((label for label, pattern in _LABELS if pattern.fullmatch(name)), None)


def page_names(document: Document) -> tuple[str, ...]:
    """Return the names the page gives itself: the last names of its breadcrumb, and the parts of its title."""
    breadcrumb = document.derived(read_breadcrumb)
    named = document.meta_content("ColumnName")
    parts = [part for part in _TITLE_PARTS.split(document.title) if part]
    return (*(breadcrumb.names[-3:] if breadcrumb else ()), *([named] if named else ()), *parts)


def is_about_letters(document: Document) -> bool:
    """Tell whether the page says of itself that it is about letters or interaction."""
    return any(len(name) <= 24 and _ABOUT_LETTERS.search(name) and not _NOT_LETTERS.search(name) for name in page_names(document))


def is_letter_column(document: Document) -> bool:
    """Tell whether the page is a column of letters, so that its entries are letters: by its name, or by what it offers to writers."""
    if is_exempt(document):
        return False
    breadcrumb = document.derived(read_breadcrumb)
    names = breadcrumb.names[-1:] if breadcrumb and breadcrumb.names else page_names(document)[:1]
    if any(_ABOUT_LETTERS_ONLY.search(name) and len(name) <= 24 and not _NOT_A_LIST.search(name) for name in names):
        return True
    return breadcrumb is not None and bool(_LOOKUP.search(document.text) and _INVITATION.search(document.text))


def is_exempt(document: Document) -> bool:
    """Tell whether the clause leaves the column out: 在线访谈, 调查征集, 网上信访, 纪检举报 (standards.md 3.2, 2019-V5b)."""
    names = page_names(document)[:4]
    return any(
        _EXEMPT_ALWAYS.search(name) or (_EXEMPT_ALONE.search(name) and not _ABOUT_LETTERS_ONLY.search(name))
        for name in names
        if len(name) <= 24
    )
