"""Decoding stops at its limit and keeps what can be kept; it never raises."""

import gzip
import time
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.net.decoding import decode_body
from crawler.snapshot import FailureKind
from tests.crawler.shared_suites import suite_bytes
from tests.patience import best_of_tries

LIMIT = 1 << 20
TEXT = ("<p>荔洲区人民政府办公室</p>" * 400).encode()


@pytest.mark.parametrize("name", ["bomb-gzip.bin", "bomb-br.bin", "html-gzip.bin", "html-br.bin"])
@pytest.mark.shared
def test_public_suite_of_compressed_bodies(name: str) -> None:
    encoding = "br" if "br" in name else "gzip"
    decoded = decode_body(suite_bytes(f"compressed/{name}"), encoding, LIMIT)
    assert len(decoded.body) <= LIMIT
    if "bomb" in name:
        assert decoded.failure is not None
        assert decoded.failure.kind is FailureKind.TOO_LARGE
    else:
        assert decoded.failure is None
        assert b"<html" in decoded.body.lower()


@pytest.mark.parametrize("name", ["truncated-crc-error-short.gz", "unexpected-eof.gz"])
@pytest.mark.shared
def test_public_suite_of_broken_bodies(name: str) -> None:
    decoded = decode_body(suite_bytes(f"compressed/{name}"), "gzip", LIMIT)
    assert decoded.body
    assert decoded.failure is not None
    assert decoded.failure.kind is FailureKind.DECODE


@pytest.mark.parametrize(
    "bomb", [lambda: (gzip.compress(bytes(200 << 20), 9), "gzip"), lambda: (zlib.compress(bytes(200 << 20), 9), "deflate")]
)
@best_of_tries
def test_a_bomb_stops_early(bomb: object) -> None:
    raw, encoding = bomb()  # type: ignore[operator]
    started = time.process_time()
    decoded = decode_body(raw, encoding, LIMIT)
    assert time.process_time() - started < 0.1
    assert len(decoded.body) == LIMIT


@pytest.mark.parametrize("cut", [1, 20, 100, 300])
@pytest.mark.parametrize(("encoding", "encode"), [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)])
def test_a_truncated_body_keeps_its_beginning(encoding: str, encode: object, cut: int) -> None:
    raw = encode(TEXT)  # type: ignore[operator]
    decoded = decode_body(raw[: max(1, len(raw) - cut)], encoding, LIMIT)
    assert TEXT.startswith(decoded.body)
    assert decoded.failure is not None
    assert decoded.failure.kind is FailureKind.DECODE


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "br", "gzip, br", "zstd", "x", ""]))
def test_no_bytes_do_harm(raw: bytes, encoding: str) -> None:
    assert len(decode_body(raw, encoding, 500).body) <= 500
