"""Channels through which the public writes to the body: links and headings that offer letters, questions, proposals."""

import re
from collections.abc import Iterator

from crawler.facts.records import Link
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.text import without_escapes

LONGEST_NAME = 16
"""Longer texts are titles of articles about interaction, not names of a channel."""

_POSSIBLE = Phrase(
    r"互动|信箱|咨询|留言|来信|信件|写信|问政|参与|建言|建议|意见|投诉|提问|征集|12345|热线|民声|心声|民意|献策|诉求|直通车|连线|有话|有问必答"
    r"|政民|官民|互通|访谈|回音壁|说句话|呼声|答疑|我要问|问答|论坛|交流|问计"
    r"|在线|之声|邮箱|专线|客服|选登|接诉|畅言|民呼|问我答|民情|金点子|公开电话|沟通|求助|反映|心里话|良策|一策|对话|[问找][省市县区镇乡局]长|心桥|问需|爆料|有答|问[eE]答|致信|反馈|解答|说[两几]句|献一"
)
_LEADER = r"(?:领导|\S{0,2}书记|\S{0,2}(?:[市县区镇乡局厅部校院]长|主任))"
_NAME = re.compile(
    r"\S{0,5}互动(?:交流|频道|平台|中心|栏目|参与|天地|专区|服务|[版板]块|回应|问答|咨询|空间|园地|之窗|信息)?(?:首页)?"
    r"|(?:交流互动|公众参与|公众交流|百姓参与|网民参与|互动参与|公民参与|社会参与|参与|官民互通|政民互通|政民直通车?|政民连线|民意直通车?|参与交流)"
    r"|\S{0,10}信箱(?:来信|选登|回复|入口|专栏)?"
    r"|(?:我要|网上|在线|政务|政策|业务|公众|办事|法律|网民|群众|市民|企业|投诉|互动|留言|办件|税务|人社|问题|民生|服务)?咨询"
    r"(?:投诉|建议|建言|服务|台|平台|中心|窗口|反馈|回复|答复|问答|解答|留言|查询|列表|与投诉|与建议|、投诉|/投诉|投诉建议)?"
    r"|\S{0,6}(?:在线|网上)咨询"
    r"|(?:我要)?(?:给\S{1,6})?(?:网上|在线)?写信(?:入口|须知|给\S{1,4})?"
    r"|(?:网民|群众|市民|公众|百姓|领导|热点|最新|部分|办理)?(?:来信|信件)(?:选登|查询|答复|回复|选编|公开|办理|反馈|摘登|回音|须知|列表|回应|征集|处理)?"
    r"|(?:我要|网上|在线|公众|网民|网站|群众|市民|游客|访客|个人|企业|咨询|给我)?留言(?:板|簿|咨询|回复|反馈|选登|查询|须知|列表|办理|公开|入口|建议|答复|互动)?"
    r"|\S{0,4}(?:网络|网上|在线|百姓|公众|阳光|电视)问政|问政(?:平台|直通车|专栏)|\S{0,4}问政"
    r"|我(?:要|想|来)(?:提问|建议|投诉|咨询|问|反映|献策|提意见|说|建言\S{0,2})|我提意见|(?:网上|在线|咨询|我要|公众)?投诉(?:建议|咨询|与建议|、建议)|网上投诉|在线投诉"
    r"|(?:意见|投诉|咨询|公众|网民|群众|市民|合理化)?(?:建议|意见)(?:意见|建议|箱|反馈|征集|征求|收集|直通车)|意见与建议|意见、建议|网上意见箱"
    r"|(?:建言|献言)(?:献策|征集)?|献计献策|\S{0,2}咨询建言\S{0,2}"
    r"|\S{0,6}(?:建议|意见|民意|网上|在线|公众|政策|建言|热点|实事|金点子)征集(?:调查)?|(?:在线|网上|公众|业务)交流|投诉举报|举报投诉|征集调查|调查征集|民意反馈|民声\S{0,4}|社情民意(?:通道|直通车)?|百姓心声|网民心声"
    r"|12345\S{0,8}|\S{0,6}(?:市长|县长|区长|政府|政务服务|便民|公开)热线(?:电话)?"
    rf"|民生在线|(?:市民|百姓|群众|网民|民众)之声|{_LEADER}(?:在线|邮箱|专线)|(?:智能|在线|人工|网上)客服"
    r"|(?:答复|回复)选登|接诉即办|\S{0,2}畅言|民呼我应|[你您]问我答|民情(?:在线|直通|通道)|(?:市民|公众|网民|群众|百姓)(?:建议|问答)|金点子"
    r"|有问有答|人民建议|[eE]问[eE]答|(?:致信|写信给?)\S{1,4}|意见与反馈|(?:建议|意见|在线|我要|网上)反馈|反馈建议"
    r"|(?:回复|办理|留言)反馈|(?:热点|问题|公众|民生)(?:问答|解答)|我(?:来|要)说[两几]句|网络问计|问计求[策计]|我为\S{1,6}献[一计策]{1,2}"
    r"|[市县区]长公开电话|(?:在线|互动|交流)沟通|沟通交流|我要求助|问题反映|我要反映|反映问题|说?说?心里话|我为\S{2,4}献\S?策"
    r"|[问找][省市县区镇乡局]长|(?:民|连)心桥|问需于[民企]|我要爆料|问答中心|政务论坛|(?:和|与)?[省市县区镇乡局]长对话|对话[省市县区镇乡局]长"
)
_LONGEST_PLAIN_NAME = 8
_PLAIN_NAME = re.compile(
    r"互动|信箱|留言|来信|信件|写信|问政|建言|献策|投诉|提问|民声|心声|民意|12345|热线|诉求|直通车|连线|有话[要想对]|我有话|有问必答|咨询|公众参与|政民|官民|互通"
    r"|访谈|意见箱|回音壁|说句话|呼声|答疑|我要问|问计于民|(?:便民|在线|网上|百姓|政策|智能|政务)问答|(?:市民|网民|百姓|群众)论坛|^(?:在线|网上|公众|业务)?交流(?:平台|园地|天地|空间)?$"
)
"""Sites name their channels in ever new ways. So short a text with such a word in it is a name, unless it is one of the following."""
_NO_CHANNEL = re.compile(
    r"(?:通知|公告|公示|办法|规定|制度|规则|活动|会议|会|工作|结果|情况|通报|报告|规范|方案|要闻|新闻|动态|公司|师|机构|企业|单位|协会|行业|收费|资质|工程|造价|项目"
    r"|人员|专家|委员会|名录|名单|访谈录|体验|游戏|统计|调查|课|剧)$|(?:管理|工程|造价|心理|健康|投资|财务|旅游)咨询|召开|举办|开展|电话|办事直通车"
)
_SPECIAL_CHANNEL = re.compile(
    r"信访|纪检|监察|纪委|(?<!投诉)举报(?!投诉)|1238\d|廉政|廉洁|反腐|扫黑|找错|纠错|领导留言板|机器人|电话[:：]|人大代表|提案|招聘|报名|互动媒体|媒体互动|统计$|预告|主编"
)
_TRANSLATION = re.compile(r"(?<=[\u4e00-\u9fff])[A-Za-z&]{3,}$")
_ASIDE = re.compile(r"(?<=[\u4e00-\u9fff])[(（][\u4e00-\u9fff、]{2,10}[)）]$")
"""Whose it is, or for what, behind the name: 领导信箱（书记、区长）."""
_LONGEST_TRANSLATION = 24
"""Menus print the English name below the Chinese one."""
_PICTURED = Phrase(
    r"(?<![a-z])(?:hdjl\w{0,4}|hudong\w{0,10}|hdpt|hdzx|hdlm|hdhy|hydhy|zmhd\w{0,3}|jmhd|gzcy\w{0,3}|gzhd|jzxx|ldxx|xzxx|qzxx|tzxx|szxx|sjxx|zrxx|xfxx"
    r"|wszx|zxzx|ywzx|zxts|wlwz|jyxc|lxxd|lxgk|xjcx|zxly|wsly|lyb|liuyan\w{0,6}|guest_?book|mail_?box|xinxiang|tousu\w{0,6}"
    r"|zixun|12345)(?![a-z])"
    r"|/hd(?=/|$)",
    re.IGNORECASE,
)
"""The names of channels by the first letters of their syllables, as addresses and picture files abbreviate them: 互动交流, 局长信箱."""
_WRITTEN = re.compile(r"[>\"']\s*([^<>\"'\n]{2,16})\s*(?=[<\"'])")
_DECORATION = " 　·•>»|【】[]（）()「」—-:：…更多+"


def read_interaction(document: Document) -> tuple[Link, ...]:
    """Return the channels for letters, questions and proposals that the page names, in order, each address and name once.

    Petition and discipline channels (信访, 纪检, 举报) and 我为政府网站找错 do not count (standards.md 3.2, 2019-V5a).
    A channel named in a heading, or in a link that only a script follows, has an empty address. Where no name is printed
    at all, a picture link counts whose address is called after a channel, under that part of the address.
    """
    found: dict[tuple[str, str], Link] = {}
    for anchor in document.anchors:
        if (name := channel_name(anchor.text)) is not None:
            url = document.resolve(anchor.href) or ""
            found.setdefault((url, name), Link(url=url, text=name))
    for texts in (_possible_lines(document), _hidden_names(document)):
        if not found:
            found = {("", name): Link(url="", text=name) for text in texts if (name := channel_name(text)) is not None}
    return tuple(found.values()) or tuple(_pictured_channels(document))


def _pictured_channels(document: Document) -> Iterator[Link]:
    """Yield the links without a name, where their address or the file of the picture they are is called after a channel."""
    outline = document.outline
    for link in outline.links:
        if not link.pictured or link.name:
            continue
        sources = " ".join(outline.attribute(picture, "src") for picture in outline.within(link.element, "img"))
        if (name := _PICTURED.search(f"{link.href} {sources}")) and (url := document.resolve(link.href)):
            yield Link(url=url, text=name.group().strip("/"))


def channel_name(printed: str) -> str | None:
    """Return the name of an interaction channel as printed, without ornaments; None where the text is no such name."""
    if not printed or len(printed) > LONGEST_NAME + _LONGEST_TRANSLATION:
        return None
    joined = printed if printed.isalnum() else "".join(printed.split())
    if not _POSSIBLE.occurs(joined):
        return None
    name = _ASIDE.sub("", _TRANSLATION.sub("", joined)).strip(_DECORATION)
    if not 2 <= len(name) <= LONGEST_NAME or _SPECIAL_CHANNEL.search(name):
        return None
    is_plain = len(name) <= _LONGEST_PLAIN_NAME and _PLAIN_NAME.search(name) and not _NO_CHANNEL.search(name)
    return name if is_plain or _NAME.fullmatch(name) else None


def _possible_lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if len(line) <= LONGEST_NAME] if _POSSIBLE.occurs(document.text) else []


def _hidden_names(document: Document) -> list[str]:
    """Return the names on pictures, picture maps and buttons, and those for screen readers: a menu may be made of nothing else."""
    outline = document.outline
    named = [(element, name) for element in outline.with_tags("area", "img") for name in ("alt", "title")]
    named += [(element, "value") for element in outline.with_tags("input") if outline.attribute(element, "type").lower() == "button"]
    if "aria-label" in document.markup:
        named += [(element, "aria-label") for element in outline.with_attributes("aria-label")]
    return [outline.attribute(element, name) for element, name in named]


def is_channel_in_script(document: Document) -> bool:
    """Tell whether a script holds the name of a channel: it may write the menu, which was not seen."""
    scripts = (written for script in document.scripts if _POSSIBLE.occurs(written := without_escapes(script)))
    return any(channel_name(match[1]) is not None for script in scripts for match in _WRITTEN.finditer(script))
