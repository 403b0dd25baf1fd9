"""Whom an audit accuses whose page a script completes: `python benchmarks/additions.py`.

Sites in which everything is in place are served, of each of which one part comes only with a script (`tests/demo/additions.py`). Every
failed rule is a false accusation, printed with what is said for it. With a browser it must print none.
"""

import argparse
import asyncio
from collections import Counter

from rules.verdict import Verdict
from tests.demo.additions import PARTS, RULE_OF_PART, WAYS, OddSite
from tests.demo.odd_audits import audits


async def main() -> None:
    """Audit each site once, and print who is accused, what is left open, and how many pages were rendered."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--browser", default="auto", help="as for the audit")
    parser.add_argument("--all", action="store_true", help="every part in every way, not each way with one part in turn")
    parser.add_argument("--only", default="", help="ways that hold these words")
    arguments = parser.parse_args()
    every = [(part, way) for way in WAYS for part in PARTS]
    some = [(list(PARTS)[number % len(PARTS)], way) for number, way in enumerate(WAYS)]
    sites = [OddSite(part, way) for part, way in (every if arguments.all else some) if arguments.only in way]
    count: Counter[str] = Counter()
    async for site, result in audits(sites, arguments.browser):
        verdicts = {finding.rule: finding for finding in result.findings}
        count["sites"] += 1
        count["accused"] += any(finding.verdict is Verdict.FAIL for finding in result.findings)
        count["left open"] += verdicts[RULE_OF_PART[site.part]].verdict is Verdict.INCONCLUSIVE
        count["pages"] += result.pages
        count["rendered"] += result.rendered
        for finding in result.findings:
            if finding.verdict is Verdict.FAIL:
                print(f"accused, {site.part} {site.way}: {finding.rule} {finding.problem}", flush=True)
    print(", ".join(f"{number} {name}" for name, number in count.items()))


if __name__ == "__main__":
    asyncio.run(main())
