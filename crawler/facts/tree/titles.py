"""What the words of a link can be: the title of an entry, or a word such as 更多, 下一页, 打印."""

import re

_LONGEST_WORDS = 18
_WORDS = re.compile(
    r"[\s\[【（(<«>»]*(?:更多|[Mm]ore|MORE|查看(?:更多|详情|详细)?|点击(?:查看|进入)|详细(?:内容|信息)?|详情|阅读全文|全文|下载|首页|上一页|下一页|尾页|末页|\d+"
    r"|返回.{0,3}|关闭.{0,4}|打印.{0,2}|我要纠错|(?:网页)?快照|(?:我的)?收藏(?:本[站页])?|分享.{0,8})?[\s\]】）)>»…._+]*"
)

_ADDRESS = ("http://", "https://", "www.")


def is_title(name: str) -> bool:
    """Tell whether the name of a link can be the title of an entry, and is not a word such as 更多, a page number or an address."""
    return len(name) > 1 and not name.startswith(_ADDRESS) and (len(name) > _LONGEST_WORDS or _WORDS.fullmatch(name) is None)
