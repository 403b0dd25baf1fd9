"""Personal data in excerpts is masked; the numbers that are evidence are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.masking import mask_personal_data


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("身份证号130205199003071234。", "身份证号130***************。"),
        ("身份证号13020519900307123X", "身份证号130***************"),
        ("旧证130205900307123", "旧证130************"),
        ("手机13812345678", "手机138****5678"),
        ("手机138-1234-5678", "手机138-****-5678"),
        ("手机+86 138 1234 5678", "手机+86 138 **** 5678"),
        ("手机１３８１２３４５６７８", "手机１３８****５６７８"),
        ("来信zhang.san@example.cn", "来信*********@example.cn"),
        ("卡号4111 1111 1111 1111", "卡号4111***********1111"),
    ],
)
def test_personal_data_is_masked(printed: str, kept: str) -> None:
    assert mask_personal_data(printed) == kept


@pytest.mark.parametrize(
    "evidence",
    [
        "网站标识码：1302050002",
        "冀ICP备05003505号-1",
        "冀公网安备 13020502000012号",
        "电话：0315-2345678、010-12345678、01012345678，传真 2345678",
        "页面生成时间 20180227123045",
        "索引号：000014349/2018-00031",
        "社会信用代码 11130205MB0000000X",
    ],
)
def test_evidence_is_not_masked(evidence: str) -> None:
    assert mask_personal_data(evidence) == evidence


@given(st.text(alphabet=st.sampled_from("0123456789Xx-+ @.电１２a"), max_size=80))
def test_masking_keeps_the_length_and_is_stable(text: str) -> None:
    once = mask_personal_data(text)
    assert len(once) == len(text)
    assert mask_personal_data(once) == once
