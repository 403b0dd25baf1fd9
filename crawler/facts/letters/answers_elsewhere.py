"""Answers to a letter that stand where no reader of letters looks: under no label, behind a code, or brought by a script."""

import re

from crawler.facts.additions import read_additions
from crawler.facts.tree.document import Document

_WORDS_OF_ANSWERS = re.compile(
    r"[您你]所?反映的|[答回]复如下|现(?:将|就)[^。\n]{0,30}(?:[答回]复|反馈)|经(?:核实|核查|调查|现场查看)|已(?:修复|整改|更换|恢复|处理完毕)"
    r"|延期(?:办理|答复|回复|办结)|延长(?:办理|答复|回复|办结)"
)
"""What offices write in answers, or where they put them off with notice, and those who ask do not."""
_FOR_THE_WRITER = re.compile(r"(?:查询[码号]|查询密码|受理[码号]|凭\S{1,8}?)[^\n。]{0,10}(?:查询|查看)|登[录陆]\S{0,4}(?:查看|查询)")
"""The answer is shown to the writer alone."""


def may_answer_elsewhere(document: Document, reply: str | None) -> bool:
    """Tell whether a letter that shows no answer under a label may show one all the same.

    `reply` is what stands under the label of an answer, None where there is no such label. Where it is blank and a script of the page
    fetches content, that may belong there.
    """
    if _WORDS_OF_ANSWERS.search(document.text) or _FOR_THE_WRITER.search(document.text):
        return True
    return reply is not None and not reply.strip() and bool(read_additions(document))
