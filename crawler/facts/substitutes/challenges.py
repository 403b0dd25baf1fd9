"""Pages that stand between the reader and the site: firewall challenges, block pages, captchas, login walls."""

import re

from crawler.facts.substitutes.own_content import has_own_content
from crawler.facts.tree.document import Document

_LONGEST_TEXT = 1_200
_MOST_LINKS = 15
_BARE_TEXT = 300

# Marks that the product itself leaves in the page, whatever the wording; lower case, looked for in the source, scripts included.
_FAMILIES = {
    "ruishu": ("$_ts=window[", "window['$_ts']", 'window["$_ts"]', "$_ts.nsd", "$_ts.cd", " r='m'>", ' r="m">'),
    "jiasule": ("__jsl_clearance", "__jsluid", "jiasule.com"),
    "chuangyu": ("365cyd", "创宇盾", "知道创宇", "yunaq.com"),
    "safedog": ("safedog", "安全狗"),
    "360": ("wangzhan.360.cn", "wzws-waf", "wzwsquestion", "wzws_cid", "wzws-ray", "wzwsconfirm", "360网站卫士", "360主机卫士"),
    "dbapp": ("安恒", "明御", "玄武盾", "dbappsecurity"),
    "cloudflare": ("cf-browser-verification", "cf_chl_", "cdn-cgi/challenge-platform", "| cloudflare</title>", "cf-error-details"),
    "aliyun": ("acw_sc__v2", "acw_sc__v3", "errors.aliyun.com", "aliyun_waf", "awsc/awsc"),
    "tencent": ("waf.tencent-cloud.com", "腾讯t-sec", "tencentcaptcha"),
    "huawei": ("hwwafses", "hwcloudwaf"),
    "baidu": ("yunjiasu", "百度云加速"),
    "nsfocus": ("nsfocus", "绿盟"),
    "safeline": ("safeline", "雷池", "chaitin"),
    "d_safe": ("d盾", "d99net"),
    "yunsuo": ("yunsuo", "云锁"),
    "venustech": ("天清waf", "天清web", "venusense"),
    "g01": ("网防g01",),
    "huweishen": ("护卫神",),
    "bt": ("btwaf", "bt-waf", "宝塔网站防火墙"),
    "sangfor": ("sangfor", "深信服"),
    "topsec": ("天融信",),
    "f5": ("/tspd/", "bobcmn"),
    "wts": ("wts-waf",),
    "imunify": ("imunify360",),
    "incapsula": ("_incapsula_resource", "incapsula incident", "errors.edgesuite.net"),
}
_REFUSED = (
    r"请求(?:中)?带有不合法(?:的)?参数|不合法的?参数"
    r"|(?:请求|访问|操作)(?:行为)?(?:存在(?:威胁|异常|风险))?.{0,10}?(?:已?被(?:网站管理员设置)?(?:拦截|阻断|拒绝|禁止))"
    r"|疑似(?:存在)?(?:黑客|恶意)?(?:攻击|入侵)|(?:可疑|危险|非法)字符.{0,12}拦截|(?:包含|存在)恶意.{0,12}(?:拒绝|拦截|阻断)"
    r"|恶意(?:访问|请求|攻击).{0,12}(?:拦截|阻断|禁止)|可能对网站造成安全威胁|您的IP.{0,20}(?:拦截|封禁|禁止|黑名单|限制访问)"
    r"|(?:防火墙|(?:云|安全)防护(?:系统|平台)?|防护系统).{0,6}(?:拦截|阻断|阻止|拒绝)|存在(?:安全)?风险.{0,6}(?:已?被)?阻止"
    r"|所在的?(?:国家|地区|区域).{0,10}(?:不允许|禁止|限制|无法)访问|(?:操作|请求)(?:过于|太)频繁"
    r"|(?:访问|请求)行为存在(?:异常|风险)|请求(?:可能)?(?:对|会).{0,6}造成(?:威胁|危险)|策略阻断|可疑的?(?:攻击|访问)行为|没有权限访问|(?m:^.{0,12}(?:(?:无权|没有(?:足够)?(?:的)?权限)(?:访问|查看|浏览)|(?:无|没有)(?:访问|查看|浏览).{0,8}权限).{0,16}$)|(?:试图|企图|正在)(?:进行)?(?:非法|恶意)?(?:攻击|入侵)|IP.{0,4}不在允许|请求不合法|非法访问"
    r"|Mod_Security|you have been blocked|request was blocked|access is denied|illegal request"
    r"|IP.{0,8}被(?:封禁|封锁|拉黑)|访问(?:过于|太)?频繁|web\s*应用防火墙|被阻止访问|禁止访问"
    r"|Access Denied|403 Forbidden|Request (?:blocked|rejected)|The requested URL was rejected"
)
_CAPTCHA = (
    r"(?:安全|人机|滑块|滑动|访问)验证|请(?:先)?(?:完成|进行).{0,8}验证|自动查询|输入验证码.{0,6}(?:继续|访问|解除)|(?:拖动|拖拽|按住)(?:左边|下方|左侧)?的?滑块"
    r"|点击.{0,12}完成.{0,4}验证"
    r"|滑块.{0,6}拼图|解除IP屏蔽|verify (?:you are|that you are) (?:a )?human"
)
_SCRIPT_CHECK = (
    r"(?:正在|进行)(?:检[查测]|验证)?.{0,6}浏览器(?:安全)?(?:检[查测]|环境)?|浏览器安全检查"
    r"|(?:开启|启用|打开)\s*JavaScript.{0,8}(?:刷新|重试)|enable JavaScript and (?:cookies|refresh|reload)"
    r"|Just a moment|checking your browser|request is being verified|DDoS protection by"
    r"|安全(?:检[查测]|验证).{0,10}(?:即将|自动)跳转"
)
_WORDS = re.compile(rf"(?P<refused>{_REFUSED})|(?P<captcha>{_CAPTCHA})|(?P<script>{_SCRIPT_CHECK})", re.IGNORECASE)
_LOGIN = re.compile(r"登\s*[录陆]|统一身份认证|单点登录|log\s?in|sign\s?in", re.IGNORECASE)
_LOGIN_TEXT = 500
_COOKIE_SCRIPT = re.compile(r"document\.cookie\s*=|document\[['\"]cookie", re.IGNORECASE)
_RELOAD = re.compile(r"location|reload\s*\(|\.submit\s*\(", re.IGNORECASE)
_OBFUSCATED = re.compile(
    r"eval\s*\(\s*function\s*\(p,\s*a,\s*c,\s*k|(?:\\x[0-9a-f]{2}){20}|_0x[0-9a-f]{4,}|String\.fromCharCode\([\d\s,]{60}",
    re.IGNORECASE,
)


def read_challenge(document: Document) -> str | None:
    """Return the family of the challenge, block page, captcha or login wall that the page is, or None.

    Only a page that is little more than its message is one: a normal page may well use the words, or a protection's script.
    """
    if len(document.text) > _LONGEST_TEXT or len(document.anchors) > _MOST_LINKS or has_own_content(document):
        return None
    return _family(document) or _worded(document) or _login(document) or _script_alone(document)


def _family(document: Document) -> str | None:
    lower = document.source.lower()
    name = next((name for name, needles in _FAMILIES.items() if any(needle in lower for needle in needles)), None)
    if name is None:
        return None
    # A product's name in a page with a text of its own is a credit, unless the words of a block page stand beside it.
    return name if len(document.text) < _BARE_TEXT or _WORDS.search(document.text) else None


def _worded(document: Document) -> str | None:
    seen = document.title + "\n" + document.text
    if len(document.text) < _BARE_TEXT and document.tree.css_first("textarea, input[type=password]") is None:
        # Some write the whole page with a script; beside a form, scripts keep such words for its answers.
        seen += "\n" + "\n".join(document.scripts)[:5_000]
    match = _WORDS.search(seen)
    if match is None:
        return None
    return {"refused": "block_page", "captcha": "captcha", "script": "script_check"}[match.lastgroup or "refused"]


def _login(document: Document) -> str | None:
    if len(document.text) > _LOGIN_TEXT or document.tree.css_first("input[type=password]") is None:
        return None
    return "login" if _LOGIN.search(document.title + document.text) else None


def _script_alone(document: Document) -> str | None:
    """Recognise a page without any text whose script sets a cookie and comes again, or hides what it does."""
    if document.text or not document.scripts:
        return None
    scripts = "\n".join(document.scripts)
    if _COOKIE_SCRIPT.search(scripts) and _RELOAD.search(scripts):
        return "cookie_script"
    return "obfuscated_script" if _OBFUSCATED.search(scripts) else None
