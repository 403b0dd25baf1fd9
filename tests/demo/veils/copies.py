"""Another page in place of the one asked for: an older copy, another column, another site's."""

from dataclasses import replace
from datetime import timedelta

from tests.demo.veils.changes import Asked, Change, entries_retold, on_columns, on_home
from xuncha.demo.answers import Answer


def _older(days: int, *, tells: bool = False) -> Change:
    """Return the change that brings the page as it was so long ago; a cache that `tells` says for how long it has kept it."""

    def change(asked: Asked, answer: Answer) -> Answer:
        if asked.is_search:
            return answer  # nobody has asked the same before
        old = asked.before(timedelta(days=days))
        if old.status != 200:
            return answer
        return replace(old, headers={**old.headers, "Age": str(days * 86_400)}) if tells else old

    return change


def _another(*kinds: str) -> Change:
    def change(asked: Asked, answer: Answer) -> Answer:
        return next((found for kind in kinds if (found := asked.other(kind)) is not None), answer)

    return change


COPIES: dict[str, Change] = {
    "copy of three weeks ago, told": _older(21, tells=True),
    "copy of last autumn, told": _older(110, tells=True),
    "copy of half a year ago, told": _older(190, tells=True),
    "homepage of last autumn": on_home(_older(110)),
    "columns of last autumn": on_columns(_older(110)),
    "columns of half a year ago": on_columns(_older(190)),
    "homepage for another": _another("home.html"),
    "column for another": _another("column.html"),
    "column for the homepage": on_home(_another("column.html")),
    "article for another": _another("article.html"),
    "article for the homepage": on_home(_another("article.html")),
    "later page for the first": on_columns(_another("later")),
    "another site": lambda asked, answer: asked.elsewhere(),
    "first three entries": entries_retold(lambda entries: entries[:3]),
    "last three entries": on_columns(entries_retold(lambda entries: entries[-3:])),
    "oldest first": on_columns(entries_retold(lambda entries: entries[::-1])),
    "in no order": on_columns(entries_retold(lambda entries: entries[1::2] + entries[::2])),
}
UNTOLD: dict[str, Change] = {
    "copy of three weeks ago": _older(21),
    "copy of last autumn": _older(110),
    "copy of half a year ago": _older(190),
}
"""Nearly the whole site as it was, and no cache that says so: on the first night nothing tells it from a site that has fallen asleep."""
