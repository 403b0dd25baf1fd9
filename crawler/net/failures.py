"""Errors of the HTTP client and of the layers below it, turned into values.

Refusal                      nothing was sent
Unreadable                   protocol: not even the forgiving reader makes sense of it
CutShort                     reset
ssl.SSLError                 tls: the certificate, or the handshake
aiohttp.ClientConnectorError connect, reset, or a fault of this machine
aiohttp.ClientResponseError  protocol
aiohttp.ClientPayloadError   reset, or protocol where the chunks are junk
ConnectionError              reset
OSError                      as with a connector error
"""

import errno
import logging
import ssl
from collections.abc import Sequence

import aiohttp

from crawler.snapshot import Failure, FailureKind

_OWN_FAULTS = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
"""The machine the crawler runs on is out of handles, or off the network: nothing is learnt about the site."""


_log = logging.getLogger(__name__)


class Refusal(Exception):
    """A request that ends before anything is sent; holds the failure to report."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class Unreadable(Exception):
    """An answer that browsers do not show either; the message is a sentence that says why."""


class CutShort(Exception):
    """The connection ended before the answer did."""


def failure_of(error: BaseException) -> Failure:
    """Turn an error of the HTTP client, or of the layers below it, into a value."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, Refusal):
            return cause.failure
        if isinstance(cause, Unreadable):
            return Failure(kind=FailureKind.PROTOCOL, detail=str(cause))
        if isinstance(cause, CutShort):
            return Failure(kind=FailureKind.RESET, detail="The connection ended before the answer was complete.")
        if isinstance(cause, aiohttp.ClientError):
            continue  # some are made SSL errors by inheritance, without what those know
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Failure(kind=FailureKind.TLS, detail=f"The certificate is not trusted: {cause.verify_message}.")
        if isinstance(cause, ssl.SSLError):
            return Failure(kind=FailureKind.TLS, detail=f"The TLS handshake failed ({cause.reason or 'no reason given'}).")
    for cause in causes:
        if isinstance(cause, aiohttp.ClientConnectorError):
            return _connection_failure(cause.os_error)
        if isinstance(cause, aiohttp.InvalidURL):
            return Failure(kind=FailureKind.BAD_URL, detail="The address is not valid.")
        if isinstance(cause, aiohttp.ClientResponseError | aiohttp.http_exceptions.HttpProcessingError | ValueError):
            return Failure(kind=FailureKind.PROTOCOL, detail="The answer is not valid HTTP.")
        if isinstance(cause, aiohttp.ClientPayloadError):
            return _payload_failure(causes)
        if isinstance(cause, aiohttp.ServerDisconnectedError | ConnectionError):
            return Failure(kind=FailureKind.RESET, detail="The server closed the connection before it had answered.")
        if isinstance(cause, OSError):
            return _connection_failure(cause)
    _log.info("unforeseen error of the HTTP client", exc_info=error)
    return Failure(kind=FailureKind.PROTOCOL, detail=f"The HTTP client gave up ({type(error).__name__}).")


def _payload_failure(causes: Sequence[BaseException]) -> Failure:
    if any(isinstance(cause, aiohttp.http_exceptions.TransferEncodingError) for cause in causes) and not any(
        isinstance(cause, aiohttp.http_exceptions.ContentLengthError) for cause in causes
    ):
        return Failure(kind=FailureKind.PROTOCOL, detail="The chunks of the body are not valid HTTP.")
    return Failure(kind=FailureKind.RESET, detail="The connection ended before the body was complete.")


def _connection_failure(error: OSError) -> Failure:
    if error.errno in _OWN_FAULTS:
        return Failure(kind=FailureKind.OWN_FAULT, detail=f"This machine could not open a connection ({error.strerror}).")
    if error.errno in (errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED):
        return Failure(kind=FailureKind.RESET, detail="The server reset the connection.")
    return Failure(kind=FailureKind.CONNECT, detail=f"No connection could be made ({error.strerror or 'refused'}).")


def _causes(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    return chain
