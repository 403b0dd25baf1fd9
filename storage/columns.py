"""Column types that behave alike on SQLite and PostgreSQL: instants in UTC, text of any origin, records as JSON."""

import zlib
from datetime import UTC, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect


def storable(text: str) -> str:
    """Return the text without what no database takes: PostgreSQL refuses NUL, UTF-8 has no lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _storable_throughout(value: Any) -> Any:
    """Clean every string inside plain data."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list | tuple):
        return [_storable_throughout(part) for part in value]
    if isinstance(value, dict):
        return {_storable_throughout(key): _storable_throughout(part) for key, part in value.items()}
    return value


class SiteText(sa.types.TypeDecorator[str]):
    """Text that may come from a site or a spreadsheet: hostile characters must not stop a whole batch."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Clean the text on its way in."""
        return value if value is None or (value.isascii() and "\x00" not in value) else storable(value)


class UtcTime(sa.types.TypeDecorator[datetime]):
    """An instant: any time zone in, UTC out. A time without a zone is a mistake of the caller and raises ValueError."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn the instant into UTC on its way in."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a stored time needs a time zone: {value.isoformat()}")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say UTC on the way out: SQLite keeps no time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(sa.types.TypeDecorator[Any]):
    """A record, or plain data, as JSON text, decoded to the type that the column is declared with."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, content: Any = Any) -> None:
        super().__init__()
        self.content = content
        self._decoder = msgspec.json.Decoder(content)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Encode on the way in; a lone surrogate met on a page is replaced."""
        if value is None:
            return None
        try:
            return msgspec.json.encode(value).decode()
        except UnicodeEncodeError:
            return msgspec.json.encode(_storable_throughout(msgspec.to_builtins(value))).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Decode on the way out."""
        return None if value is None else self._decoder.decode(value)


class Packed(sa.types.TypeDecorator[Any]):
    """A record as compressed JSON, decoded to the type that the column is declared with: for what is kept by the million."""

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, content: Any = Any) -> None:
        super().__init__()
        self._json = Json(content)
        self.content = content

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Encode and compress on the way in."""
        text = self._json.process_bind_param(value, dialect)
        return None if text is None else zlib.compress(text.encode(), wbits=-zlib.MAX_WBITS)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Decompress and decode on the way out."""
        return None if value is None else self._json.process_result_value(zlib.decompress(value, -zlib.MAX_WBITS).decode(), dialect)
