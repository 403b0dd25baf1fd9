"""Delivering: three tries with a pause between them, then a sentence."""

import time
from collections.abc import Callable

PAUSES = (1.0, 4.0)
"""Seconds after the first and the second try."""


class Undelivered(Exception):
    """A message could not be delivered; the message names the receiver and the cause, and holds no secret."""


def trying_again(send: Callable[[], None], pauses: tuple[float, ...] = PAUSES) -> None:
    """Call `send`, again after each pause where it raises Undelivered; the last failure goes on to the caller."""
    for pause in pauses:
        try:
            return send()
        except Undelivered:
            time.sleep(pause)
    return send()
