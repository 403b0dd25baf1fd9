"""All disguises by name."""

from types import ModuleType

from tests.facts.disguises import addresses, days, foot, furniture, layout, lists, words, writing
from tests.facts.disguises.tree import Disguise

_ROOMS: tuple[ModuleType, ...] = (layout, lists, days, words, addresses, furniture, foot, writing)
_NONE = "as_parsed"


def _disguises(room: ModuleType) -> dict[str, Disguise]:
    """Return the public functions of a room that say what they stand for."""
    kind = room.__name__.rpartition(".")[2]
    return {
        f"{kind}: {name.replace('_', ' ')}": function
        for name, function in vars(room).items()
        if not name.startswith("_") and callable(function) and (function.__doc__ or "").startswith("Stand for")
    }


DISGUISES: dict[str, Disguise] = {name: disguise for room in _ROOMS for name, disguise in _disguises(room).items()}
"""What each stands for is its docstring."""
