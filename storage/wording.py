"""Sentences for people, in Chinese and English, from a catalogue in TOML: a table for each key, with `zh` and `en`."""

import tomllib
from functools import cached_property
from pathlib import Path


class Wording:
    """The sentences of a catalogue, in one language."""

    def __init__(self, catalogue: Path) -> None:
        """Take the catalogue, which is read when the first sentence is asked for."""
        self._path = catalogue
        self.language = "en"
        """`zh` or `en`, of all sentences of this process: whoever speaks to the user sets it."""

    @cached_property
    def _catalogue(self) -> dict[str, dict[str, str]]:
        return tomllib.loads(self._path.read_text(encoding="utf-8"))

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a sentence with its placeholders filled. Raises KeyError for a key that the catalogue lacks."""
        return self._catalogue[key][self.language].format(**values)


wording = Wording(Path(__file__).with_name("messages.toml"))
"""The sentences of this floor."""
