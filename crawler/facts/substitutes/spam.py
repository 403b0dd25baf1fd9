"""Injected spam: gambling and pornography words where a site names itself, and link farms hidden from the reader."""

import re

from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase

# Words that promoters use and offices do not: an office that warns against gambling writes 赌博, not a casino's name.
_PROMOTED = Phrase(
    r"(?:澳门|威尼斯人|葡京|永利|金沙|银河|太阳城|皇冠|凯发|亚博|乐鱼|开元|雷火|必威|华体会|开云|万博|爱游戏|九游|星空|米兰|世博|大发"
    r"|博狗|沙巴)(?:娱乐|体育|棋牌|赌场|平台|官网|app|投注|彩票|国际|在线)"
    r"|真人(?:娱乐|荷官|百家乐)|百家乐|老虎机|时时彩|六合彩|北京赛车|幸运飞艇|快[三3](?:平台|投注)|pk10|送彩金|注册送\d+|体育投注"
    r"|外围(?:足球|投注)|足球投注|线上赌场|网上赌场|博彩(?:网|平台|公司)"
    r"|bet365|188bet|fun88|m88|w88|pg电子|电子游艺|成人(?:视频|影片|电影|网站|小说)|黄色(?:视频|网站|电影)|一级(?:毛|黄)片|av(?:在线"
    r"|视频|片)|无码(?:视频|av|中文)|裸聊|约炮|情色|三级片|成人av|国产精品|精品国产|久久(?:精品|亚洲|综合)|欧美日韩|亚洲av|麻豆|一区二区三区(?:在线|视频|精品|不卡)"
    r"|买球(?:网|平台|app|官网)|世界杯买球|分分彩|彩神|(?:彩票|棋牌|真人|电竞)(?:平台|app|官网|投注|娱乐城?)|新葡[京亰]|威尼斯人\d*官"
    r"|(?:乐鱼|开云|华体会|必赢|必威|亚博|凯发|九游|爱游戏|雷火|尊龙|利来|博狗|沙巴|杏彩|摩登|壹定发|bwin|leyu|kaiyun|yabo|bbin|ng28)\s*[(（·\d]*"
    r"(?:中国[)）]|亚洲|官方|官网|登[录陆]|注册|平台|入口|app|下载|体育|娱乐|手机版|网页版)|(?<![a-z])bwin\d*(?![a-z])",
    re.IGNORECASE,
)
_WARNS = re.compile(r"打击|赌博|犯罪|违法|诈骗|警惕|防范|防骗|整治|查处|查获|侦破|破获|取缔|通告|案件|曝光|典型案例")
"""Who writes so warns against it."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:text-indent|left|top)\s*:\s*-", re.IGNORECASE)
_HOST = re.compile(r"https?://([^/?#:]+)", re.IGNORECASE)
_TRUSTED = re.compile(
    r"(?:\.|^)(?:gov|edu|ac|mil|org)\.cn$|\.政务$|(?:\.|^)(?:people|xinhuanet|news|cctv|china|conac|chinanews|qstheory|weibo|qq|wechat"
    r"|12388|12371)\.(?:com|com\.cn|cn)$",
    re.IGNORECASE,
)
_FARM_HOSTS = 8


def is_spam_injected(document: Document) -> bool:
    """Tell whether a stranger's advertising was put into the page: in its title and tags, its links, or a hidden link farm."""
    named = " ".join((document.title, document.meta_content("keywords") or "", document.meta_content("description") or ""))
    if not _WARNS.search(named) and (len({match.group() for match in _PROMOTED.finditer(named)}) >= 2 or _PROMOTED.occurs(document.title)):
        return True
    names = [anchor.text for anchor in document.anchors]
    promoting = (name for name in names if not _WARNS.search(name)) if _PROMOTED.occurs("\n".join(names)) else ()
    return sum(1 for _ in _PROMOTED.finditer("\n".join(promoting))) >= 3 or _has_hidden_farm(document)


def _has_hidden_farm(document: Document) -> bool:
    """Recognise a hidden element that links to many unrelated hosts. One with an id or class is a menu that a script unfolds."""
    outline = document.outline
    large = (element for element in outline.with_attributes("style") if outline.ends[element] - element > _FARM_HOSTS)
    hidden = (element for element in large if _HIDDEN_STYLE.search(outline.attribute(element, "style")))
    seen = 0
    for element in sorted((*hidden, *outline.with_tags("marquee"))):
        if element < seen or outline.names(element):
            continue
        seen = outline.ends[element]  # what is hidden in it is part of it
        links = outline.within(element, "a")
        hosts = {match.group(1).lower() for link in links if (match := _HOST.match(outline.attribute(link, "href")))}
        strange = {host for host in hosts if not _TRUSTED.search(host)}
        if len(strange) >= _FARM_HOSTS and len(strange) > 0.7 * len(hosts):
            return True
    return False
