"""The headings of service guides: which of the eight element classes a printed heading stands for."""

import re

from crawler.facts.records import GUIDE_ELEMENTS
from crawler.facts.tree.text import half_width

LONGEST_HEADING = 20

NAME, BASIS, CONDITIONS, MATERIALS, PLACE, TIME, TELEPHONE, PROCEDURE = GUIDE_ELEMENTS

_DOING = (
    "办理|办公|办事|办证|办结|受理|申请|申办|申报|申领|审批|审核|许可|服务|政务|行政|业务|工作|实施|窗口|咨询|监督|投诉|举报|查询|联系|接待|预约"
    "|提交|报名|承办|现场|线上|线下|网上|对外|具体|主要|基本|内部|外部|经办|收件|领取|机构|单位|部门|个人|企业|事项|项目|法定|承诺|本|的"
)
_SUPERVISION = r"(?:监督|投诉|举报|纪检|受理|服务)*(?:监督|投诉|举报|纪检)(?:受理|服务)?(?:电话|热线|电话号码|方式|途径|渠道)$"
"""The telephone of those who watch over the office is not that of the office."""
_TITLED = rf"(?:{_DOING}|权力|权责|子项?|主项?|公共)*"
_CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        NAME,
        re.compile(
            rf"{_TITLED}(?:事项|项目|业务|许可|服务|职权|权力|主项|子项|办事)(?:的)?(?:名称|全称)|(?:办理|服务|审批|许可|办事|实施)(?:事项|项目)"
        ),
    ),
    (
        BASIS,
        re.compile(
            rf"(?:(?:相关|有关)(?:法律|政策|行政)*|法律)法规|(?:{_DOING}|设定|设立|设置|执法|法律|法规|政策|规章|文件|职权|权力|规定|行使)*依据(?:文件|名称|内容)?"
        ),
    ),
    (
        CONDITIONS,
        re.compile(
            rf"(?:{_DOING}|准予|准入|批准|予以|应具备|需具备|具备|享受|申请人|资格|认定|范围|对象|基本|所需)*(?:条件|资格)(?:要求|说明)?"
            r"|(?:适用|办理|受理|申请|申办|申报|审批|许可|享受)(?:范围|对象)|(?:受理|准入)标准|(?:办理|申请)要求"
        ),
    ),
    (
        MATERIALS,
        re.compile(
            rf"(?:{_DOING}|应当?|所需|需要?|须|要|提供|携?带|必备|准备|递交|报送|上报|要求|申请人|全部|有关|相关|以下|下列|的|证明|交|办件|手续)*(?:材料|资料|证件|要件|(?<=所需)手续)"
            r"(?:目录|清单|名称|列表|要求|说明|明细|信息)?"
        ),
    ),
    (
        PLACE,
        re.compile(
            rf"(?:{_DOING}|大厅|地点|网点|详细|所在|咨询|接件)*(?:地点|地址|窗口|场所|位置|(?<=办理)(?:网点|大厅))|交通(?:指引|路线)|[办受申][理事请公]*地[点址]"
        ),
    ),
    (
        TIME,
        re.compile(
            rf"(?:{_DOING}|限定|完成|办毕|开放|营业|上班|夏季|冬季|时间|规定|办件)*(?:时间|时限|期限|时段|时长|周期|(?<=[\u4e00-\u9fff])工作日)(?:说明)?|限时办结"
        ),
    ),
    (
        TELEPHONE,
        re.compile(
            rf"(?!{_SUPERVISION})(?:{_DOING}|值班|技术支持|固定|联系人|服务|政策|热线|客服|办公室|科室|窗口)*"
            r"(?:电话|热线|电话号码|联系方[式法]|咨询方式|咨询途径|咨询渠道)"
            r"|(?:联系|业务)?咨询[、及和与/]*(?:服务|监督|投诉|举报)+(?:电话|热线|方式|途径|渠道)|联络(?:方式|电话)|联系办法|业务咨询|联系人(?:姓名)?[及和与]?方式"
        ),
    ),
    (
        PROCEDURE,
        re.compile(
            rf"(?:{_DOING}|操作|在线|权力|运行)*(?:流程|程序|步骤|环节|(?<=办理)过程|(?<=办理)途径)(?:图|表|说明|描述|示意图|信息)?"
        ),
    ),
)
_OTHER_NOUN = (
    "结果|表格|文书|样本|权限|数量|层级|编码|编号|代码|类型|类别|版本|状态|主题|主体|机关|机构|单位|部门|深度|次数|收费|费用|标准|依据|方式|形式|范围|对象|问题|解答"
    "|名称|样式|限制|要求|有效期限?|系统|通道|入口|网址|备注|说明|年审|年检|服务"
)
_OTHER_HEADING = re.compile(
    rf"{_SUPERVISION}|(?:{_DOING}|{_OTHER_NOUN}|办件|是否|常见|相关|中介|通办|现场|到|送达|下载|网办|行使|运行|联办|支付|物流|责任|特别|程序|办事现场|网上)*(?:{_OTHER_NOUN})"
)
_NOT_OF_A_GUIDE = re.compile(
    r"收费|费用|缴费|发布|更新|发文|成文|生成|浏览|有效|生效|网址|邮|权限|层级|行使(?!依据)|网上\S{0,4}(?:地址|深度)"
)
_ENUMERATION = re.compile(
    r"[^\w(]*(?:(?:第?[一二三四五六七八九十]{1,3}(?:[、.,:]|部分)|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}(?:[、.)\s]|(?=[\u4e00-\u9fff]))|[①-⑳])[^\w(]*)?"
)
_ORNAMENTS = " +＋【】[]<>《》「」『』〖〗“”‘’\"'():;。.—-_*·★☆※●■◆▼▲"
_REMARK = re.compile(r"(?<=\S)(?:[(\[【][^)\]】]{0,12}[)\]】]?|展开|收起)$")
_IN_ENGLISH = re.compile(r"(?<=[\u4e00-\u9fff])[A-Za-z&.,']+$")
_JOINT = re.compile(r"[、和及与/,&以\s]+|或者?")


def classes_of_heading(printed: str) -> tuple[str, ...] | None:
    """Return the element classes a heading stands for; empty for another heading of guides (收费标准); None when it is no heading.

    One heading can stand for several classes (办理时间、地点). 时限 and 办公时间 both are 办理时间: checks accept either.
    """
    if len(printed) > LONGEST_HEADING + 8:
        return None
    name = heading_text(printed)
    if not 2 <= len(name) <= LONGEST_HEADING:
        return None
    if _NOT_OF_A_GUIDE.search(name):
        return () if _OTHER_HEADING.fullmatch(name) else None
    whole = _class_of(name)
    if whole:
        return (whole,)
    parts = [part for part in _JOINT.split(name) if part]
    classes = tuple(dict.fromkeys(found for part in parts if (found := _class_of(part))))
    if classes and all(_class_of(part) or len(part) <= 4 for part in parts):
        return classes
    return () if _OTHER_HEADING.fullmatch(name) else None


def heading_text(printed: str) -> str:
    """Return a heading without its number, ornaments, brackets, inner spaces and colon."""
    text = half_width(printed)
    start = _ENUMERATION.match(text)
    text = text[start.end() if start else 0 :].strip(_ORNAMENTS)
    return _REMARK.sub("", _IN_ENGLISH.sub("", "".join(text.split()))).removesuffix("如下")


def _class_of(name: str) -> str | None:
    return next((element for element, pattern in _CLASSES if pattern.fullmatch(name)), None)
