"""The daemon's log on stderr: lines for people on a terminal, one JSON object a line elsewhere."""

import logging
import sys
from typing import Any

from xuncha.settings import LogFormat

_OURS = ("job", "outcome", "scan", "site", "reach", "pages")
"""What a record may carry besides its message."""


def set_up_logs(form: LogFormat, *, verbose: bool, quiet: bool = False) -> None:
    """Send the log to stderr in the form that is asked for, or only what went wrong; times are UTC in JSON, local on a terminal."""
    as_json = form is LogFormat.JSON or (form is LogFormat.AUTO and not sys.stderr.isatty())
    root = logging.getLogger()
    root.handlers[:] = [_json_handler() if as_json else _rich_handler()]
    root.setLevel(logging.WARNING if quiet else logging.INFO)
    logging.getLogger("crawler").setLevel(logging.INFO if verbose else logging.ERROR)
    for library in ("apscheduler", "alembic"):
        logging.getLogger(library).setLevel(logging.ERROR)


def _json_handler() -> logging.Handler:
    import structlog

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(allow=_OURS),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(serializer=_one_line),
            ],
        )
    )
    return handler


def _one_line(value: dict[str, Any], **options: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, **options)


def _rich_handler() -> logging.Handler:
    from rich.console import Console
    from rich.logging import RichHandler

    return RichHandler(console=Console(stderr=True), show_path=False, rich_tracebacks=False)
