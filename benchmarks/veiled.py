"""Whom a scan accuses when much cannot be seen: `python benchmarks/veiled.py`.

The demo's world is scanned again and again, each time with other pages refused, replaced, cut or spoilt on their way
(`tests/demo/veils/`). Whatever is then called a fault and was not planted is a false accusation, printed with what is said for it.
It must print none. Whom old copies accuse that nothing tells from the present, and from which night on no longer, is measured apart.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.demo.veiled_scan import accused
from tests.demo.veils.copies import UNTOLD
from tests.demo.veils.veil import VEILS, Veil
from xuncha.demo.world import load_world

SHARES = (0.3, 0.0, 0.6, 0.1, 0.9)


async def accusations(veils: Sequence[Veil], what: str) -> int:
    """Scan the world through veils, night after night, print whom that accuses wrongly, and return how often."""
    with tempfile.TemporaryDirectory() as folder:
        found = await accused(load_world(), veils, Path(folder))
    print(f"{what}: {len(found)} false accusations", flush=True)
    for each in found:
        print(f"    {each.day} {each.host} {each.rule}: {each.problem} {' | '.join(each.excerpts)}")
    return len(found)


async def main() -> None:
    """Draw many veils: of all kinds together for some nights on end, and of each kind alone for one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--worlds", type=int, default=3, help="each with a night for every share of hidden pages")
    parser.add_argument("--each", action="store_true", help="one scan more for every kind alone")
    parser.add_argument("--share", type=float, default=0.7, help="of the pages that each kind alone hides")
    parser.add_argument("--fickle", action="store_true", help="let every visit of a page take its chance anew")
    parser.add_argument("--untold", action="store_true", help="measure old copies that nothing tells from the present, on three nights")
    arguments = parser.parse_args()
    total = 0
    for world in range(arguments.worlds):
        shares = SHARES[world % len(SHARES) :] + SHARES[: world % len(SHARES)]
        veils = [Veil(10 * world + night, share, fickle=arguments.fickle) for night, share in enumerate(shares)]
        total += await accusations(veils, f"world {world}, nights with {', '.join(f'{share:.0%}' for share in shares)} hidden")
    for seed, kind in enumerate(VEILS if arguments.each else ()):
        veil = Veil(1000 + seed, arguments.share, (kind,), arguments.fickle)
        total += await accusations([veil], f"{arguments.share:.0%} hidden by {kind}")
    print(f"{total} false accusations")
    for kind in UNTOLD if arguments.untold else ():
        nights = [Veil(night, share, (kind,)) for night, share in enumerate((arguments.share, 0.0, arguments.share))]
        await accusations(nights, f"untold: {kind}, on the first and third of three nights")


if __name__ == "__main__":
    asyncio.run(main())
