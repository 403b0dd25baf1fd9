"""Whom an audit accuses whose page a script completes: `python benchmarks/additions.py`.

Sites in which everything is in place are served, of each of which one part comes only with a script (`tests/demo/additions.py`). Every
failed rule is a false accusation, printed with what is said for it. It must print none with a browser.
"""

import argparse
import asyncio
from collections import Counter
from datetime import datetime

from crawler.limits import GatherSettings
from crawler.net.resolver import parse_mapping
from rules.registry import RegistryRow
from rules.verdict import Verdict
from storage.records import Site
from tests.crawler.servers import Call, serving
from tests.demo.additions import CODE, PARTS, WAYS, OddSite
from xuncha.audit.auditor import Job
from xuncha.audit.round import open_auditor
from xuncha.settings import Settings

AS_OF = datetime.fromisoformat("2018-03-01T12:00:00+08:00")
LIMITS = GatherSettings(delay=0.0, deadline=120.0, second_try_pause=0.1)


async def main() -> None:
    """Audit each site once, and print who is accused and what is left open."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--browser", default="auto", help="as for the audit")
    parser.add_argument("--all", action="store_true", help="every part in every way, not each way with one part and each part in turn")
    parser.add_argument("--only", default="", help="ways that hold these words")
    parser.add_argument("--verbose", action="store_true", help="print what is left open as well")
    arguments = parser.parse_args()
    ways = [way for way in WAYS if arguments.only in way]
    chosen = [(part, way) for way in ways for part in PARTS]
    if not arguments.all:
        chosen = [(list(PARTS)[number % len(PARTS)], way) for number, way in enumerate(WAYS) if way in ways]
    sites = {f"www.s{number}.gov.cn": OddSite(*each) for number, each in enumerate(chosen)}

    async def play(call: Call) -> None:
        host = call.headers.get("host", "").partition(":")[0]
        if host not in sites:
            host = call.headers.get("referer", "").removeprefix("http://").partition("/")[0]
        await (sites[host].answer(call) if host in sites else call.answer("", status="404 Not Found"))

    count: Counter[str] = Counter()
    async with serving(play, robots="") as server:
        mappings = [parse_mapping(f"*=127.0.0.1:{server.port}")]
        settings = Settings(db="unused.db", browser=arguments.browser, evidence="none")
        async with open_auditor(settings, LIMITS, mappings, AS_OF, pictured_look=0) as auditor:
            for number, (host, site) in enumerate(sites.items()):
                row = RegistryRow(url=f"http://{host}/", host=host, name="荔洲区人民政府门户网站", site_code=CODE)
                result = await auditor.audit(Job(site=Site(site_id=number, registered=True, row=row)))
                failed = [finding for finding in result.findings if finding.verdict is Verdict.FAIL]
                open_ = [finding for finding in result.findings if finding.verdict is Verdict.INCONCLUSIVE]
                count["sites"] += 1
                count["accused"] += bool(failed)
                count["rendered"] += result.rendered
                for finding in failed:
                    print(f"ACCUSED {site.part} {site.way}: {finding.rule} {finding.problem}", flush=True)
                for finding in open_ if arguments.verbose else ():
                    if finding.reason_code not in ("needs_scan", "few_visits", "no_letters", "no_guides"):
                        print(f"   open {site.part} {site.way}: {finding.rule} {finding.reason}", flush=True)
    print(dict(count))


if __name__ == "__main__":
    asyncio.run(main())
