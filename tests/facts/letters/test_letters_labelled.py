"""The labelled real pages beside the checkout: letters, search answers and channels are read right, and nobody is accused falsely."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.facts.letters.channels import read_interaction
from crawler.facts.letters.reading import read_letters
from crawler.facts.records import LetterState
from crawler.facts.search.answer import read_search_answer
from crawler.facts.tree.document import Document
from tests.facts.pages import SHARED

PAGES = SHARED / "pages"
AS_OF = dt.date(2023, 3, 1)
LEAST_SHARE_RIGHT = 0.97

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PAGES.is_dir(), reason="The labelled pages (../shared/pages) are not beside the checkout."),
]


def labelled(folder: str) -> Iterator[tuple[dict[str, Any], Document]]:
    for line in (PAGES / folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        yield label, Document.parse((PAGES / folder / Path(label["file"]).name).read_bytes(), as_of=AS_OF)


def test_letters_and_search_answers() -> None:
    wrong, accused = [], []
    for label, document in labelled("inner"):
        if label["replies"]:
            letters = read_letters(document)
            read = (letters.count(LetterState.ANSWERED), letters.unanswered) if letters else None
            if read != (label["replies"]["answered"], label["replies"]["unanswered"]):
                wrong.append(label["file"])
            if letters and letters.unanswered > label["replies"]["unanswered"]:
                accused.append(label["file"])
        if label["search_hits"] is not None:
            answer = read_search_answer(document, None)
            if answer is None or answer.hits != label["search_hits"]:
                wrong.append(label["file"])
    assert accused == []
    assert wrong == []


def test_channels() -> None:
    read = [(label["file"], label["has_interaction_nav"], bool(read_interaction(document))) for label, document in labelled("home")]
    assert [file for file, has_channel, seen in read if has_channel and not seen] == []
    assert sum(has_channel == seen for _, has_channel, seen in read) >= LEAST_SHARE_RIGHT * len(read)
