"""The base of every record."""

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of every record: frozen, encodable, compared by value."""
