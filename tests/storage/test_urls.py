"""Addresses as people write them become one comparable form; what is no address is refused."""

import pytest

from storage.registry.urls import BadUrl, normalise_url


@pytest.mark.parametrize(
    ("written", "url", "host"),
    [
        ("www.a.gov.cn", "http://www.a.gov.cn/", "www.a.gov.cn"),
        (" HTTP://WWW.A.GOV.CN ", "http://www.a.gov.cn/", "www.a.gov.cn"),
        ("https://a.gov.cn:443/x/../y", "https://a.gov.cn/y", "a.gov.cn"),
        ("a.gov.cn:8080/p", "http://a.gov.cn:8080/p", "a.gov.cn"),
        ("http：//a.gov.cn", "http://a.gov.cn/", "a.gov.cn"),
        ("http:\\\\a.gov.cn\\", "http://a.gov.cn/", "a.gov.cn"),
        ("ａ.gov。cn", "http://a.gov.cn/", "a.gov.cn"),
        ("北京.政务", "http://xn--1lq90i.xn--zfr164b/", "xn--1lq90i.xn--zfr164b"),
        ("a.gov.cn.", "http://a.gov.cn/", "a.gov.cn"),
        ("http://a.gov.cn//index.html", "http://a.gov.cn//index.html", "a.gov.cn"),
        ("//a.gov.cn/", "http://a.gov.cn/", "a.gov.cn"),
        ("127.0.0.1:8800", "http://127.0.0.1:8800/", "127.0.0.1"),
        ("localhost:8800/a", "http://localhost:8800/a", "localhost"),
        ("http://[::1]:80/", "http://[::1]/", "[::1]"),
    ],
)
def test_addresses_of_one_website(written: str, url: str, host: str) -> None:
    assert normalise_url(written) == (url, host)


@pytest.mark.parametrize(
    "written",
    [
        "", "http://", "青禾县", "a", "ftp://a.gov.cn", "javascript:alert(1)", "mailto:a@a.gov.cn", "file:///etc/passwd",
        "http://user:pw@a.gov.cn/", "http://a.gov.cn http://b.gov.cn", "a.gov.cn,b.gov.cn", "a.gov.cn、b.gov.cn",
        "http://a.gov.cn/、http://b.gov.cn/", "http://a..gov.cn", "http://-a.gov.cn", "http://a.gov.cn:99999", "http://" + "a" * 64 + ".cn",
    ],
)  # fmt: skip
def test_what_is_not_the_address_of_one_website(written: str) -> None:
    with pytest.raises(BadUrl):
        normalise_url(written)
