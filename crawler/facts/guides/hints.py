"""Hints at the elements of a service guide: loose words that say that an element may be told, however the page is laid out.

An element is called missing only where nothing hints at it. That a layout was misread then costs a finding, and accuses nobody.
"""

import re
from collections.abc import Iterable

from crawler.facts.guides.headings import BASIS, CONDITIONS, MATERIALS, NAME, PLACE, PROCEDURE, TELEPHONE, TIME
from crawler.facts.tree.text import half_width

_HINTS = {
    NAME: re.compile(r"名称|事项|项目|业务"),
    BASIS: re.compile(
        r"依据|[依按参遵]照|根据|执行|法律|法规|政策|条例|规则|规章|细则|法源|中华人民共和国|第[〇一二三四五六七八九十百\d]{1,6}条|[(〔\[【](?:19|20)\d\d[)〕\]】]|令第"
        r"|《[^《》]{1,60}(?:法|规定|细则|决定|通知|意见|规则|规范|标准|制度|方案)[^《》]{0,20}》|[^依执违守方办书司合]法(?![定人院官])|办法|规定|[发函字令]\S{0,12}号",
        re.MULTILINE,
    ),
    CONDITIONS: re.compile(
        r"条件|范围|对象|符合|适用|要求|资格|(?<!收费)标准|具备|满足|情形|年满|周岁|凡|前提|限制|门槛|以[上下内外]|哪些人|什么人|谁"
        r"|(?:申请|申办|申报|申领|办理|参保)[人者]\s*(?::|$)|的(?:公民|居民|村民|个人|家庭|企业|单位|人员|职工)",
        re.MULTILINE,
    ),
    MATERIALS: re.compile(
        r"材料|资料|证件|证明|提交|提供|递交|携带|要件|手续|文件|原件|复印|照片|表格|[请报记批核]表|申请书|清单|执照|身份证|户口|填写|填报"
        r"|一式|[两二三]份|[要需]带|附件"
    ),
    PLACE: re.compile(
        r"地点|址|窗口|大厅|服务厅|中心|网点|场所|位置|哪里|哪儿|何处|在哪|派出所|办事处|委会|街道|乡镇|社区|服务站|登记处|[一二三四五六七八九十\d][楼层]|[楼室座]"
        r"|乘车|公交|交通|门牌|(?<![\d〕\])】第])\d{1,5}号|[路街巷道](?:\d|$)|(?:受理|承办|经办|办理|接待|窗口|责任)(?:单位|机关|机构|部门|科室|处|点)"
        r"|[局委厅院所][\u4e00-\u9fff]{1,8}[股科处室站队]"
        r"|[到去在向至][^\s。,;、:]{2,20}(?:办理|申请|申报|提交|领取|登记|咨询)",
        re.MULTILINE,
    ),
    TIME: re.compile(
        r"(?<!发布|更新|成文|生成|录入|添加|发表|公布|编辑|浏览|有效)(?:时间|时限|期限|日期)|时段|工作日|小时|[周期][一二三四五六日天末]|节假日|即办|即时|当场|当[日天]"
        r"|假日|春节|元旦|国庆|法定[假节工期时办\d]|办公(?![室厅楼地])|上班|开放|开馆|开门|营业(?!执照)"
        r"|[上下]午|每[天日周月年季]|多久|多长|随时|全天|限时|截止|\d[:时点]|(?<![月\d])\d{1,3}个?[日天月]|[一二三四五六七八九十]个?(?:[日天]|月内)|[天月日]内"
    ),
    TELEPHONE: re.compile(
        r"电话|热线|咨询|联系|致电|拨打|手机|传真|监督|投诉|微信|分机|打[给电]|找谁|联络|问[询讯]|总[机台]|客服"
        r"|邮箱|信箱|QQ|[☎☏📞]|[Tt][Ee][Ll]|(?<!\d)(?:0\d{2,3}[-—)\s]{0,2})?[1-9]\d{6,7}(?!\d)"
        r"|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)(?:1[12]|9[56])\d{1,4}(?!\d)"
    ),
    PROCEDURE: re.compile(
        r"流程|程序|步骤|环节|途径|过程|第[一二三四五\d]步|怎[么样]办|如何办|[→➔➜⇒↓►]|->|初审|复审|审核|审查|核准|公示|发证|领证|领取|送达|办结(?!时|期)"
        r"|(?:申请|受理|提交)\s?[—\-、,/](?!材料|资料)"
    ),
}
_DATE = re.compile(r"(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s{0,3}\d{1,2}:\d\d(?::\d\d)?)?")
_SIGN = re.compile("[\ue000-\ue006]")


def hints_at(element: str, lines: Iterable[str]) -> bool:
    """Tell whether lines hint at an element: by their texts, by what their pictures are called, by a word that goes on in the next line."""
    text = _DATE.sub(" ", half_width("\n".join(_SIGN.sub(" ", line) for line in lines)))
    return any(map(_HINTS[element].search, (text, "".join(text.split()))))
