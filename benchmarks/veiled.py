"""Whom a scan accuses when much cannot be seen: `python benchmarks/veiled.py --seeds 8`.

The demo's world is scanned again and again, each time with other pages refused, replaced, cut or spoilt on their way
(`tests/demo/veils.py`). Whatever is then called a fault and was not planted is a false accusation, printed with what is said for it.
It must print none.
"""

import argparse
import asyncio
import tempfile
from pathlib import Path

from tests.demo.veiled_scan import accused
from tests.demo.veils import VEILS, Veil
from xuncha.demo.world import load_world

SHARES = (0.1, 0.3, 0.6, 0.9)


async def accusations(veil: Veil) -> int:
    """Scan the world through a veil, print whom it accuses wrongly, and return how often."""
    with tempfile.TemporaryDirectory() as folder:
        found = await accused(load_world(), veil, Path(folder))
    habit = "all of them" if len(veil.habits) > 1 else veil.habits[0]
    print(f"seed {veil.seed}, {veil.share:.0%} of the pages, {habit}: {len(found)} false accusations", flush=True)
    for each in found:
        print(f"    {each.host} {each.rule}: {each.problem} {' | '.join(each.excerpts)}")
    return len(found)


async def main() -> None:
    """Draw many veils, of all kinds together and of each kind alone."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--each", action="store_true", help="one scan more for every kind alone")
    arguments = parser.parse_args()
    veils = [Veil(seed, SHARES[seed % len(SHARES)]) for seed in range(arguments.seeds)]
    veils += [Veil(100 + seed, 0.7, (kind,)) for seed, kind in enumerate(VEILS) if arguments.each]
    total = sum([await accusations(veil) for veil in veils])
    print(f"{len(veils)} scans, {total} false accusations")


if __name__ == "__main__":
    asyncio.run(main())
