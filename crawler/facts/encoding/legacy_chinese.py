"""Decoding of GB18030 and Big5 as the WHATWG Encoding Standard has them, where the codecs of Python differ.

GB18030: the 2022 edition moved 18 characters out of the private use area. Big5: the standard's index holds the Hong Kong supplement of
2008 and its compatibility points; two of its characters are read as Python has them, A2 41 (∕) as ／ and A2 42 (﹨) as ＼. Figures:
index-gb18030 and index-big5 of the Encoding Standard.
"""

import codecs
import re

_GB18030_2022 = str.maketrans(
    dict(
        zip(
            "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864\ue7c7\u1e3f",
            "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb\u1e3f\ue7c7",
            strict=True,
        )
    )
)
_PRIVATE_USE = re.compile("[\u1e3f\ue5e5\ue78d-\ue864]")
_BIG5_OTHERWISE = str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡")
_BIG5_MORE = (
    "877a㡵 877b𡵓 877c𣚞 877d𦀡 877e㻬 87a1𥣞 87a2㫵 87a3竼 87a4龗 87a5𤅡 87a6𨤍 87a7𣇪 87a8𠪊 87a9𣉞 87aa䌊 87ab蒄"
    " 87ac龖 87ad鐯 87ae䤰 87af蘓 87b0墖 87b1靊 87b2鈘 87b3秐 87b4稲 87b5晠 87b6権 87b7袝 87b8瑌 87b9篅 87ba枂 87bb稬"
    " 87bc剏 87bd遆 87be㓦 87bf珄 87c0𥶹 87c1瓆 87c2鿇 87c3垳 87c4䤯 87c5呌 87c6䄱 87c7𣚎 87c8堘 87c9穲 87ca𧭥 87cb讏"
    " 87cc䚮 87cd𦺈 87ce䆁 87cf𥶙 87d0箮 87d1𢒼 87d2鿈 87d3𢓁 87d4𢓉 87d5𢓌 87d6鿉 87d7蔄 87d8𣖻 87d9䂴 87da鿊 87db䓡"
    " 87dc𪷿 87dd拁 87de灮 87df鿋 8e69箸 8e6f簆 8e7e糎 8eab緒 8eb4縝 8ecd者 8ed0耨 8f57菁 8f69蒨 8f6e萏 8fcb覦 8fcc覩"
    " 8ffe起 906d都 907a銹 90dc靜 90f1響 91bf鼖 9244蔃 92af兙 92b0兛 92b1兝 92b2兞 92c8鍮 92d1瑹 9447浧 94ca禛 95d9邗"
    " 9644靝 96ed瀞 96fc嬨 9b76爁 9b78矗 9b7b纇 9bc6駖 9bde釔 9bec惞 9bf6澶 9c42輶 9c53侻 9c62營 9c68鄄 9c6b鷰 9c77菏"
    " 9cbc尐 9cbd秣 9cd0婧 9d57輋 9d5a筑 9dc4拐 9ea9恢 9eef痹 9efd汊 9f60鬮 9f66鼗 9fcb僭 9fd8弌 a063蠏 a077拎 a0d5瑨"
    " a0df煢 a0e4牐 a3c0␀ a3c1␁ a3c2␂ a3c3␃ a3c4␄ a3c5␅ a3c6␆ a3c7␇ a3c8␈ a3c9␉ a3ca␊ a3cb␋ a3cc␌ a3cd␍"
    " a3ce␎ a3cf␏ a3d0␐ a3d1␑ a3d2␒ a3d3␓ a3d4␔ a3d5␕ a3d6␖ a3d7␗ a3d8␘ a3d9␙ a3da␚ a3db␛ a3dc␜ a3dd␝"
    " a3de␞ a3df␟ a3e0␡ a3e1€ c6cf廴 c6d3无 c6d5癶 c6d7隶 c6de〃 c6df仝 fa5f倩 fa66偽 fabd包 fac5卄 fad5卿 fb48嘅"
    " fbb8婷 fbf3幵 fbf9廐 fc4f彘 fc6c悤 fcb9撐 fce2晴 fcf1杞 fdb7沜 fdb8渝 fdbb港 fdf1煮 fe52猪 fe6f瑜 feaa瓩 fedd砉"
)
"""Two bytes in hexadecimal, then the character."""

_BIG5_ADDITIONS = {bytes.fromhex(pair[:4]): pair[4:] for pair in _BIG5_MORE.split(" ")}


def decode_gb18030(content: bytes) -> str:
    """Decode GB18030 (gbk and gb2312 included); never raises, bad bytes become U+FFFD, the lone byte 80 the euro sign."""
    text = content.decode("gb18030", "xuncha-gb18030")
    return text.translate(_GB18030_2022) if _PRIVATE_USE.search(text) else text


def decode_big5(content: bytes) -> str:
    """Decode Big5 with the Hong Kong supplement; never raises, bad bytes become U+FFFD."""
    return content.decode("big5hkscs", "xuncha-big5").translate(_BIG5_OTHERWISE)


def _mend_gb18030(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    if error.object[error.start] == 0x80:
        return "€", error.start + 1
    return "\ufffd", _behind_bad_bytes(error)


def _mend_big5(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    pair = bytes(error.object[error.start : error.start + 2])
    if addition := _BIG5_ADDITIONS.get(pair):
        return addition, error.start + 2
    return "\ufffd", _behind_bad_bytes(error)


def _behind_bad_bytes(error: UnicodeDecodeError) -> int:
    """Return where decoding goes on: a bad lead byte takes a trail byte with it unless that is ASCII."""
    following = bytes(error.object[error.start + 1 : error.start + 2])
    return error.start + 2 if following and following[0] >= 0x80 and error.object[error.start] > 0x80 else error.start + 1


codecs.register_error("xuncha-gb18030", _mend_gb18030)
codecs.register_error("xuncha-big5", _mend_big5)
