"""What cannot be seen is not held against a site: part of the world is hidden, and nobody is accused who is not at fault."""

from pathlib import Path

from tests.demo.veiled_scan import accused
from tests.demo.veils.veil import Veil
from xuncha.demo.world import World, load_world

SITES = 10


def some_sites() -> World:
    """Return sound sites of all styles, and some with a fault."""
    styles = {site.style: site for site in load_world().sites if site.sound}
    faulty = [site for site in load_world().sites if site.planted and site.registered]
    return World((*styles.values(), *faulty[:: len(faulty) // 4])[: SITES + 4])


async def test_nobody_is_accused_for_what_is_hidden(tmp_path: Path) -> None:
    assert not await accused(some_sites(), (Veil(1, 0.5), Veil(2, 0.9), Veil(3, 0.1)), tmp_path)
