"""The sentences of this floor, in Chinese and English."""

from pathlib import Path

from rules.wording import Wording

wording = Wording(Path(__file__).with_name("messages.toml"))
