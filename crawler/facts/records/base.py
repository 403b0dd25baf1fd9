"""The base of every record."""

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of every record: frozen, encodable, compared by value."""
