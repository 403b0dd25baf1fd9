"""The doctor: is everything there that the program needs, and how is what lacks mended."""

import asyncio
import shutil
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfoNotFoundError

from crawler.china_time import CHINA
from crawler.net.browser.trial import driver_fault, shows_pages
from reports.errors import OutputError
from reports.formats.fonts import NAMES, choose_fonts
from storage.database import open_existing_database
from storage.errors import NoSuchDatabase, StorageError
from xuncha.audit.browser_choice import Lack, choose_browser
from xuncha.audit.evidence_keeping import evidence_folder
from xuncha.errors import UsageFault
from xuncha.messages import say
from xuncha.settings import Settings

LEAST_DISK = 5_000_000_000
"""Bytes: a night of the national registry with its evidence needs some gigabytes."""
BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that shows an earlier time is wrong: the program did not exist."""
RESOLVER_SECONDS = 5.0


class State(StrEnum):
    """How a part is."""

    WELL = "well"
    LACKS = "lacks"
    """Something optional is not there."""
    BROKEN = "broken"
    """The program cannot do its work."""


class Check(NamedTuple):
    """What was looked at, how it is, and how it is mended where it is not well."""

    name: str
    state: State
    detail: str
    mend: str = ""


def examine(settings: Settings, now: datetime) -> Iterator[Check]:
    """Yield one check after the other; none of them changes anything but that an older database is brought up to date."""
    checks: tuple[Callable[[], Check], ...] = (
        lambda: _database(settings),
        lambda: _disk(settings),
        _fonts,
        lambda: _browser(settings),
        lambda: _resolver(settings),
        lambda: _clock(now),
        _certificates,
    )
    for check in checks:
        yield check()


def _database(settings: Settings) -> Check:
    name = say("doctor_database")
    try:
        with open_existing_database(settings.db, lock_wait=2) as database:
            fault, room, place, sealed = database.fault(), database.room_for_vacuum(), database.place, database.read_only
    except NoSuchDatabase:
        return Check(name, State.LACKS, say("no_database_yet", place=settings.db), say("mend_no_database"))
    except StorageError as error:
        return Check(name, State.BROKEN, str(error), say("mend_database"))
    if fault:
        return Check(name, State.BROKEN, say("database_fault", fault=fault), say("mend_backup"))
    if sealed:
        return Check(name, State.BROKEN, say("database_sealed", place=place), say("mend_database"))
    if room.lacks:
        sizes = {"needed": room.needed // 1_000_000, "free": room.free // 1_000_000}
        return Check(name, State.LACKS, say("no_room_for_vacuum", db=place, **sizes), say("mend_room_for_vacuum"))
    return Check(name, State.WELL, place)


def _disk(settings: Settings) -> Check:
    folder = (evidence_folder(settings) or Path()).absolute()
    while not folder.is_dir():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    detail = say("disk_free", gigabytes=f"{free / 1e9:.1f}", folder=folder)
    if free < LEAST_DISK:
        return Check(say("doctor_disk"), State.LACKS, detail, say("mend_disk"))
    return Check(say("doctor_disk"), State.WELL, detail)


def _fonts() -> Check:
    name = say("doctor_fonts")
    try:
        import typst

        chosen = choose_fonts(typst.Fonts().families())
    except ImportError:
        return Check(name, State.LACKS, say("no_typst"), "pip install 'xuncha[pdf]'")
    except OutputError:
        return Check(name, State.LACKS, say("no_chinese_font"), "apt-get install fonts-noto-cjk")
    replaced = (say("font_replaced", kind=NAMES[role], family=chosen.families[role][0]) for role in chosen.lacking)
    return Check(name, State.WELL, "; ".join(replaced) or say("fonts_there"))


def _browser(settings: Settings) -> Check:
    """Find the browser and show a page in it: one that is there may still not start."""
    name = say("doctor_browser")
    try:
        choice = choose_browser(settings)
    except UsageFault as fault:
        return Check(name, State.BROKEN, str(fault), say("mend_browser_path"))
    match choice.lack:
        case Lack.OFF:
            return Check(name, State.WELL, say("browser_off"))
        case Lack.PROGRAM:
            return Check(name, State.LACKS, say("no_browser"), "apt-get install chromium libatomic1")
        case Lack.PLAYWRIGHT:
            return Check(name, State.LACKS, say("no_playwright"), "pip install 'xuncha[browser]'")
    if why := driver_fault():
        return Check(name, State.LACKS, say("browser_driver_dead", why=why), say("mend_browser_driver"))
    program = choice.program or ""
    if asyncio.run(shows_pages(program)):
        return Check(name, State.WELL, program)
    return Check(name, State.LACKS, say("browser_dead", program=program), say("mend_browser"))


def _resolver(settings: Settings) -> Check:
    """Look a name up that every resolver must know: what is asked is whether it answers at all, not whether the world is there."""

    async def ask() -> None:
        async with asyncio.timeout(RESOLVER_SECONDS):
            await asyncio.get_running_loop().getaddrinfo("www.gov.cn", 80, type=socket.SOCK_STREAM)

    name = say("doctor_resolver")
    if settings.resolve:
        return Check(name, State.WELL, " ".join(settings.resolve))
    try:
        asyncio.run(ask())
    except (OSError, TimeoutError) as error:
        return Check(
            name, State.LACKS, say("no_answer_for", name="www.gov.cn", why=error or say("no_answer_in_time")), say("mend_resolver")
        )
    return Check(name, State.WELL, "www.gov.cn")


def _clock(now: datetime) -> Check:
    name = say("doctor_clock")
    try:
        local = now.astimezone(CHINA)
    except ZoneInfoNotFoundError:
        return Check(name, State.BROKEN, say("no_zone"), "apt-get install tzdata")
    if now < BUILT or local.utcoffset() != timedelta(hours=8):
        return Check(name, State.BROKEN, f"{local:%Y-%m-%d %H:%M %z}", say("mend_clock"))
    return Check(name, State.WELL, f"{local:%Y-%m-%d %H:%M} Asia/Shanghai")


def _certificates() -> Check:
    name = say("doctor_certificates")
    try:
        known = len(ssl.create_default_context().get_ca_certs())
    except (OSError, ssl.SSLError) as error:
        return Check(name, State.LACKS, str(error), "apt-get install ca-certificates")
    # Authorities in a folder are read when they are needed, and not counted.
    return Check(name, State.WELL, say("authorities", count=known) if known else ssl.get_default_verify_paths().openssl_capath)
