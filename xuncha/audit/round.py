"""Opens what an audit needs: the fetcher, the engine, the limits."""

import os
import resource
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from crawler.gather import Event
from crawler.limits import GatherSettings
from crawler.net.browser.pool import open_browsers
from crawler.net.browser.renderer import Renderer
from crawler.net.resolver import NameMapping
from crawler.net.transport import open_fetcher, strict_ssl_context
from crawler.reading.pool import open_reader
from rules.engine import Engine
from rules.standard import find_standard
from storage.evidence.writer import EvidencePlace
from storage.facts_cache import open_facts_cache
from xuncha.audit.auditor import Auditor
from xuncha.audit.browser_choice import choose_browser
from xuncha.audit.evidence_keeping import open_archive
from xuncha.audit.remembered_reading import facts_file
from xuncha.errors import UsageFault
from xuncha.messages import say
from xuncha.settings import Settings

_HANDLES = 65_536


@asynccontextmanager
async def open_auditor(
    settings: Settings,
    limits: GatherSettings,
    mappings: list[NameMapping],
    as_of: datetime,
    on_event: Callable[[Event], None] | None = None,
    evidence: EvidencePlace | None = None,
    *,
    screenshot_look: int = 2,
) -> AsyncIterator[Auditor]:
    """Open an auditor for a round, and close its connections at the end; `screenshot_look` is the look that what fails a site stands by.

    Raises StandardError, EvidenceUnwritable, UsageFault for a browser or certificates that are not there.
    """
    _allow_many_handles()
    engine = Engine(find_standard(settings.standard))
    authorities = _authorities(os.environ.get("SSL_CERT_FILE"))
    facts = facts_file(Path(evidence.folder)) if evidence else None
    with open_archive(evidence) as archive, open_facts_cache(facts) as remembered:
        async with (
            open_fetcher(resolve=mappings, proxy=settings.proxy, user_agent=settings.user_agent, ssl_context=authorities) as fetcher,
            open_reader() as reader,
            _renderer(settings) as renderer,
        ):
            yield Auditor(
                engine=engine,
                fetcher=fetcher,
                settings=limits,
                as_of=as_of,
                on_event=on_event,
                reader=reader,
                remembered=remembered,
                archive=archive,
                renderer=renderer,
                screenshot_look=screenshot_look,
            )


@asynccontextmanager
async def _renderer(settings: Settings) -> AsyncIterator[Renderer | None]:
    """Open the browsers of this process, its share of those of all workers; none starts before a page needs it."""
    program = choose_browser(settings).program
    if program is None:
        yield None
        return
    pages = max(1, settings.browser_pages // max(1, settings.workers))
    async with open_browsers(program, pages=pages, memory=settings.browser_memory * 1_000_000) as renderer:
        yield renderer


def _authorities(file: str | None) -> ssl.SSLContext:
    """Return the context that certificates are checked with. Raises UsageFault for a file that holds no authorities."""
    try:
        return strict_ssl_context(file)
    except (OSError, ssl.SSLError) as error:
        raise UsageFault(say("bad_authorities", file=file, why=error)) from error


def _allow_many_handles() -> None:
    """Take more file handles where this user may: every site that is visited holds a few, and the usual limit is a thousand."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _HANDLES if most == resource.RLIM_INFINITY else min(_HANDLES, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
