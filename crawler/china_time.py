"""China time, in which pages print their days and windows are counted, whatever zone the machine is in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def china_day(moment: datetime) -> date:
    """Return the calendar day of a moment in China time. The moment must carry a time zone."""
    return moment.astimezone(CHINA).date()
