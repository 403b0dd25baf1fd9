"""What cannot be seen is not held against a site: part of the world is hidden, and nobody is accused who is not at fault."""

from pathlib import Path

from tests.demo.veiled_scan import accused, some_sites
from tests.demo.veils.veil import Veil


async def test_nobody_is_accused_for_what_is_hidden(tmp_path: Path) -> None:
    assert not await accused(some_sites(faulty=4), (Veil(1, 0.5), Veil(2, 0.9), Veil(3, 0.1)), tmp_path)
