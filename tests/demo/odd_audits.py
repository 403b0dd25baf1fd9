"""Audits of odd sites, served on loopback."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from crawler.limits import GatherSettings
from crawler.net.resolver import parse_mapping
from rules.registry import RegistryRow
from storage.records import AuditResult, Site
from tests.crawler.servers import Call, serving
from tests.demo.additions import CODE, OddSite
from xuncha.audit.auditor import Job
from xuncha.audit.round import open_auditor
from xuncha.settings import Settings

AS_OF = datetime.fromisoformat("2018-03-01T12:00:00+08:00")
LIMITS = GatherSettings(delay=0.0, deadline=120.0, second_try_pause=0.1)


async def audits(sites: Sequence[OddSite], browser: str) -> AsyncIterator[tuple[OddSite, AuditResult]]:
    """Serve sites, each under a name of its own, and yield what an audit of each finds; `browser` as for the audit."""
    named = {f"www.s{number}.gov.cn": site for number, site in enumerate(sites)}

    async def play(call: Call) -> None:
        host = call.headers.get("host", "").partition(":")[0]
        if host not in named:  # the platform, or a stranger, serves what the page of the site asks it for
            host = call.headers.get("referer", "").removeprefix("http://").partition("/")[0]
        await (named[host].answer(call) if host in named else call.answer("", status="403 Forbidden"))

    async with serving(play, robots="") as server:
        settings = Settings(db="unused.db", browser=browser, evidence="none")
        mappings = [parse_mapping(f"*=127.0.0.1:{server.port}")]
        async with open_auditor(settings, LIMITS, mappings, AS_OF, screenshot_look=0) as auditor:
            for number, (host, site) in enumerate(named.items()):
                row = RegistryRow(url=f"http://{host}/", host=host, name="荔洲区人民政府门户网站", site_code=CODE)
                yield site, await auditor.audit(Job(site=Site(site_id=number, registered=True, row=row)))
