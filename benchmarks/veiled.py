"""Whom a scan accuses when much cannot be seen: `python benchmarks/veiled.py`.

The demo's world is scanned again and again, each time with other pages refused, replaced, cut or spoilt on their way
(`tests/demo/veils/`). Whatever is then called a fault and was not planted is a false accusation, printed with what is said for it.
It must print none. Whom old copies accuse that nothing tells from the present, and from which night on no longer, is measured apart.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from functools import partial
from itertools import product
from pathlib import Path

import msgspec

from crawler.limits import GatherSettings
from tests.demo.veiled_scan import TIGHT, accused, sites_for_each
from tests.demo.veils.copies import UNTOLD
from tests.demo.veils.veil import VEILS, Veil
from xuncha.demo.world import World, load_world

SHARES = (0.3, 0.0, 0.6, 0.1, 0.9)


async def accusations(world: World, limits: GatherSettings, veils: Sequence[Veil], what: str) -> int:
    """Scan a world through veils, night after night, print whom that accuses wrongly, and return how often."""
    with tempfile.TemporaryDirectory() as folder:
        found = await accused(world, veils, Path(folder), limits)
    print(f"{what}: {len(found)} false accusations", flush=True)
    for each in found:
        print(f"    {each.day} {each.host} {each.rule}: {each.problem} {' | '.join(each.excerpts)} [{each.habit}]", flush=True)
    return len(found)


async def main() -> None:
    """Draw many veils: of all kinds together for some nights on end, and of each kind alone for one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--worlds", type=int, default=3, help="each with a night for every share of hidden pages")
    parser.add_argument("--each", action="store_true", help="for every share one scan more, of sites each of which suffers by one kind")
    parser.add_argument("--share", type=float, nargs="+", default=[0.7], help="of the pages that are then hidden")
    parser.add_argument("--copies", type=int, default=4, help="sites for every kind")
    parser.add_argument("--kinds", nargs="+", default=list(VEILS), metavar="KIND", help="these alone")
    parser.add_argument("--fickle", action="store_true", help="let every visit of a page take its chance anew")
    parser.add_argument("--untold", action="store_true", help="measure old copies that nothing tells from the present, on three nights")
    parser.add_argument(
        "--faulty", type=int, help="so many sites with a fault beside a sound one of every style; the whole world otherwise"
    )
    parser.add_argument("--deadline", type=float, default=TIGHT.deadline, help="seconds for each site")
    arguments = parser.parse_args()
    limits = msgspec.structs.replace(TIGHT, deadline=arguments.deadline)
    scan = partial(accusations, load_world(), limits)
    total = 0
    for world in range(arguments.worlds):
        shares = SHARES[world % len(SHARES) :] + SHARES[: world % len(SHARES)]
        veils = [Veil(10 * world + night, share, arguments.kinds, arguments.fickle) for night, share in enumerate(shares)]
        total += await scan(veils, f"world {world}, nights with {', '.join(f'{share:.0%}' for share in shares)} hidden")
    for seed, share in enumerate(arguments.share if arguments.each else ()):
        world, of_hosts = sites_for_each(arguments.kinds, arguments.copies)
        veil = Veil(1000 + seed, share, arguments.kinds, arguments.fickle, of_hosts)
        total += await accusations(world, limits, [veil], f"each of {len(arguments.kinds)} kinds alone, {share:.0%} hidden")
    print(f"{total} false accusations")
    for kind, share in product(UNTOLD, arguments.share) if arguments.untold else ():
        nights = [Veil(night, hidden, (kind,)) for night, hidden in enumerate((share, 0.0, share))]
        await scan(nights, f"untold: {kind}, on the first and third of three nights, {share:.0%} hidden")


if __name__ == "__main__":
    asyncio.run(main())
