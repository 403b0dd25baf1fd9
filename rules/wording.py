"""Sentences for people, in Chinese and English, from a catalogue in TOML: a table for each key, with `zh` and `en`.

Each floor that speaks to people has a catalogue of its own, and errors that keep to it.
"""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Self


class Wording:
    """The sentences of a catalogue."""

    language: ClassVar[str] = "en"
    """`zh` or `en`, of all sentences of this process: whoever speaks to the user sets it."""

    def __init__(self, catalogue: Path) -> None:
        """Take the catalogue, which is read when the first sentence is asked for."""
        self._path = catalogue

    @cached_property
    def _catalogue(self) -> dict[str, dict[str, str]]:
        return tomllib.loads(self._path.read_text(encoding="utf-8"))

    def __call__(self, key: str, /, **values: object) -> str:
        """Return a sentence with its placeholders filled. Raises KeyError for a key that the catalogue lacks."""
        return self.said(self.language, key, values)

    def said(self, language: str, key: str, values: dict[str, object]) -> str:
        """Return a sentence in a language of its own: that of a document, say. Raises KeyError."""
        return self._catalogue[key][language].format(**values)


class WordedError(Exception):
    """Base of the errors that are one sentence of a catalogue: `str(error)` is ready to be printed."""

    _wording: ClassVar[Wording]

    def __init__(self, key: str, /, **values: object) -> None:
        """Take the key of the sentence and what it names."""
        super().__init__(key)
        self._key = key
        # As texts: an error may come from another process.
        self._values: dict[str, object] = {name: str(value) for name, value in values.items()}

    def __str__(self) -> str:
        """Return the sentence, in the language of this process."""
        return self.said(Wording.language)

    def said(self, language: str) -> str:
        """Return the sentence in a language."""
        return self._wording.said(language, self._key, self._values)

    def naming(self, name: str, instead_of: str) -> Self:
        """Return the error with another name for a place that means nothing to the reader, such as a temporary folder."""
        return type(self)(self._key, **{key: str(value).replace(instead_of, name) for key, value in self._values.items()})


wording = Wording(Path(__file__).with_name("messages.toml"))
"""The sentences of this floor."""
