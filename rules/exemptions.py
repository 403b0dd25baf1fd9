"""Exemptions as dated data: why a site, or a part of it, is not judged on a day. The registry's file says so, with the days it knows."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from crawler.facts.records import Record
from rules.registry import RegistryRow, Status


class ExemptionKind(StrEnum):
    """What exempts a site (standards.md section 8; 2019-V6a for the last)."""

    CLOSED = "closed"
    MIGRATED = "migrated"
    OFFLINE = "offline"
    """Temporarily offline, with notice."""
    NO_PUBLIC_SERVICES = "no_public_services"
    """The body has no services for the public (对外服务职能): rules on services do not apply."""


class Exemption(Record, frozen=True, kw_only=True):
    """An exemption with its first and last day, China time; an unknown day leaves that end open."""

    kind: ExemptionKind
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the exemption is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


SINCE = {
    ExemptionKind.CLOSED: ("关停日期", "关停时间", "closed_on"),
    ExemptionKind.MIGRATED: ("迁移日期", "迁移时间", "migrated_on"),
    ExemptionKind.OFFLINE: ("下线日期", "临时下线日期", "offline_since"),
}
OPENED = ("开设日期", "开通日期", "上线日期", "opened_on")
UNTIL = ("恢复日期", "下线截止日期", "offline_until")
SERVICES = ("对外服务", "对外服务职能", "public_services")
"""Further columns of a registry file, beside those that the importer knows."""
NONE = frozenset({"无", "否", "没有", "no", "none", "false", "0"})
_DAY = re.compile(r"\s*(\d{4})\D(\d{1,2})\D(\d{1,2})")
_KIND_OF_STATUS = {
    Status.CLOSED: ExemptionKind.CLOSED,
    Status.MIGRATED: ExemptionKind.MIGRATED,
    Status.OFFLINE_TEMPORARILY: ExemptionKind.OFFLINE,
}


def exemptions_of(row: RegistryRow) -> Iterator[Exemption]:
    """Yield what the registry says of a site: that of its status, a time offline that is over or to come, and that it has no services."""
    kind = _KIND_OF_STATUS.get(row.status)
    offline = Exemption(kind=ExemptionKind.OFFLINE, since=_day(row, SINCE[ExemptionKind.OFFLINE]), until=_day(row, UNTIL))
    if kind is ExemptionKind.OFFLINE or (offline.since and offline.until):
        yield offline
    if kind and kind is not ExemptionKind.OFFLINE:
        yield Exemption(kind=kind, since=_day(row, SINCE[kind]))
    if any(row.extra.get(name, "").strip().lower() in NONE for name in SERVICES):
        yield Exemption(kind=ExemptionKind.NO_PUBLIC_SERVICES)


def closed_on(row: RegistryRow) -> date | None:
    """Return the day on which a site was closed, where the registry says it."""
    return _day(row, SINCE[ExemptionKind.CLOSED])


def back_unknown_since(row: RegistryRow) -> date | None:
    """Return the day on which a site went offline that runs again, where the registry does not say since when."""
    if row.status is not Status.RUNNING or _day(row, UNTIL):
        return None
    return _day(row, SINCE[ExemptionKind.OFFLINE])


def opened_on(row: RegistryRow) -> date | None:
    """Return the day on which a site was opened, where the registry says it."""
    return _day(row, OPENED)


def _day(row: RegistryRow, names: tuple[str, ...]) -> date | None:
    for name in names:
        if found := _DAY.match(row.extra.get(name, "")):
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                continue
    return None
