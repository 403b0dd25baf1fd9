"""Another edition of the page: a cover, a version for telephones, in other scripts and languages; letters nobody can read."""

import re
from dataclasses import replace

from tests.demo.veils.changes import Asked, Change, charset_of, in_place, on_home, retold
from xuncha.demo.answers import Answer, page

_FOREIGN = (
    "<html><head><title>County</title></head><body>"
    + "".join(
        f"<p><a href='/en/{number}.html'>The county held meeting number {number}</a> 2016-02-0{number % 9 + 1}</p>" for number in range(40)
    )
    + "<div class='footer'>Copyright County</div></body></html>"
)
_SIMPLIFIED = (
    "国务网站标识码备案号办版权所关闻动态导规划计财预决发职机构组织领长简书记录务领导办事项目调查问询征线视频专题图书馆馆长乡"
    "镇县区级单简体开标签订阅读览题号实时间点击进入业绩经济会议员书员组队伍报总结论坛评论语说话请求让给与为从众产农场医疗卫药"
    "门诊学习课师环境气电讯联系邮编传真热线转载体验证据数据库灾险应急预警报项设备来处理广东广西陕西甘肃宁辽宁龙江苏浙闽赣鲁鄂"
    "湘粤琼贵滇陇华东这个们见现张见闻习远赵钱孙刘陈杨黄吴郑冯韩邓许谢邹苏卢蒋贾韦陆孔严财务审计监督检验纪违举报诉讼责任谁维护"
    "权属办结项"
)
_TRADITIONAL = (
    "國務網站標識碼備案號辦版權所關聞動態導規劃計財預決發職機構組織領長簡書記錄務領導辦事項目調查問詢徵線視頻專題圖書館館長鄉"
    "鎮縣區級單簡體開標簽訂閱讀覽題號實時間點擊進入業績經濟會議員書員組隊伍報總結論壇評論語說話請求讓給與為從眾產農場醫療衛藥"
    "門診學習課師環境氣電訊聯繫郵編傳真熱線轉載體驗證據數據庫災險應急預警報項設備來處理廣東廣西陝西甘肅寧遼寧龍江蘇浙閩贛魯鄂"
    "湘粵瓊貴滇隴華東這個們見現張見聞習遠趙錢孫劉陳楊黃吳鄭馮韓鄧許謝鄒蘇盧蔣賈韋陸孔嚴財務審計監督檢驗紀違舉報訴訟責任誰維護"
    "權屬辦結項"
)
_INTO_TRADITIONAL = dict(zip(map(ord, _SIMPLIFIED), _TRADITIONAL, strict=True))
_COVER = (
    "<html><head><title>{name}</title><script>setTimeout(\"location.href='/veil/home'\",5000)</script></head><body style='background:#c00'>"
    "<img src='/images/guoqing.jpg' width='100%'><a href='/veil/home'>进入网站</a></body></html>"
)
_SILENT_COVER = (
    "<html><head><title>{name}</title></head><body><div class='cover'><img src='/images/lianghui.jpg' usemap='#enter'><map name='enter'>"
    "<area shape='rect' coords='0,0,1200,800' href='/veil/home'></map></div></body></html>"
)
_MOBILE = (
    "<!DOCTYPE html><html><head><meta name='viewport' content='width=device-width'><title>{name}手机版</title></head>"
    "<body><header>{name}</header>"
    "<nav><a href='/m/xw'>新闻</a><a href='/m/gk'>公开</a><a href='/m/fw'>服务</a></nav><ul>"
    + "".join(f"<li><a href='/m/{number}.html'>我市召开第{number}次工作推进会议</a></li>" for number in range(1, 13))
    + "</ul><footer>手机版 | <a href='/?pc=1'>电脑版</a></footer></body></html>"
)
_APP = (
    "<html><head><title>{name}</title></head><body><h1>{name}</h1><p>为了更好的浏览体验，请下载客户端</p><a href='/app.apk'>安卓版</a>"
    "<a href='https://apps.apple.com/'>苹果版</a></body></html>"
)
_PICTURE_MAP = (
    "<html><head><title>{name}</title></head><body><img src='/images/page.jpg' usemap='#page'><map name='page'>"
    + "".join(f"<area shape='rect' coords='0,{number},90,30' href='/page{number}.html'>" for number in range(8))
    + "</map></body></html>"
)


def _named(text: str) -> Change:
    return lambda asked, answer: page(text.replace("{name}", asked.site.name))


def _lettered(letters: str) -> Change:
    """Return the change that puts letters of another script in place of every Chinese one."""
    return retold(lambda text: re.sub(r"[\u4e00-\u9fff]", lambda match: letters[ord(match.group()) % len(letters)], text))


def _private_digits(text: str) -> str:
    """Return a page whose digits in texts are those of a font made for it."""
    return re.sub(r">[^<]*<", lambda match: match.group().translate({ord(str(n)): 0xE600 + n for n in range(10)}), text)


def _private_letters(text: str) -> str:
    return re.sub(r"[\u4e00-\u9fff]", lambda match: chr(0xE000 + ord(match.group()) % 0x1800), text)


def _spoilt(asked: Asked, answer: Answer) -> Answer:
    """Return the page as a server sends it that took its letters for those of another alphabet."""
    return page(answer.body.decode("latin-1"))


def _lost(asked: Asked, answer: Answer) -> Answer:
    """Return the page as a database gives it back that cannot hold Chinese."""
    return page("".join(character if character.isascii() else "?" for character in answer.body.decode("gb18030", "replace")))


def _replaced(asked: Asked, answer: Answer) -> Answer:
    """Return the page as a proxy recodes it that reads it in the wrong encoding."""
    charset = "ascii"
    return replace(answer, body=answer.body.decode(charset, "replace").encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def _traditional(asked: Asked, answer: Answer) -> Answer:
    text = answer.body.decode(charset_of(answer), "replace").replace("charset=gb2312", "charset=utf-8")
    return page(text.translate(_INTO_TRADITIONAL))


EDITIONS: dict[str, Change] = {
    "cover": on_home(_named(_COVER)),
    "silent cover": on_home(_named(_SILENT_COVER)),
    "cover on every page": _named(_COVER),
    "telephones": _named(_MOBILE),
    "telephones' homepage": on_home(_named(_MOBILE)),
    "way to the telephones' site": lambda asked, answer: Answer(302, b"", {"Location": f"http://m.{asked.site.host}/"}),
    "way to the telephones' pages": lambda asked, answer: Answer(302, b"", {"Location": "/veil/mobile"}),
    "application": _named(_APP),
    "picture with places": _named(_PICTURE_MAP),
    "another language": in_place(_FOREIGN),
    "traditional characters": _traditional,
    "Uyghur": _lettered("ئابپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىي"),
    "Tibetan": _lettered("ཀཁགངཅཆཇཉཏཐདནཔཕབམཙཚཛཝཞཟའཡརལཤསཧཨ"),
    "Mongolian": _lettered("ᠠᠡᠢᠣᠤᠥᠦᠨᠩᠪᠫᠬᠭᠮᠯᠰᠱᠲᠳᠴᠵᠶᠷᠸ"),
    "grey": retold(
        lambda text: text.replace("<head>", "<head><style>html{filter:grayscale(100%)}</style>").replace(
            "<HEAD>", "<HEAD><STYLE>html{filter:gray}</STYLE>"
        )
    ),
    "for the blind": retold(
        lambda text: re.sub(
            r"(?i)<body[^>]*>", "<body><div id='wza-bar' style='display:block'>无障碍 读屏专用 大字版 配色 退出服务</div>", text
        )
    ),
    "plain text": retold(lambda text: "<html><body><pre>" + re.sub(r"<[^>]+>", " ", text) + "</pre></body></html>"),
    "digits of a font": retold(_private_digits),
    "letters of a font": retold(_private_letters),
    "spoilt letters": _spoilt,
    "lost letters": _lost,
    "replaced letters": _replaced,
}
