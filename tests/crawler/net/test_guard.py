"""The guard lets the crawler reach public addresses only, in whatever spelling they come."""

import ipaddress

import pytest

from crawler.net.failures import Refusal
from crawler.net.guard import is_public, literal_address
from crawler.net.resolver import NameMapping, Resolver, parse_mapping
from crawler.snapshot import FailureKind
from tests.crawler.shared_suites import suite_json

REFUSED = (
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "2001::1",
    "2002:808:808::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
)


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_that_are_not_plainly_public_are_refused(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "123.125.114.144", "2400:3200::1"])
def test_public_addresses_pass(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("spelling", "address"),
    [
        ("0x7f.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0177.0.0.01", "127.0.0.1"),
        ("127。0。0。1", "127.0.0.1"),
        ("①②⑦.0.0.1", "127.0.0.1"),
        ("[::1]", "::1"),
        ("www.lizhou.gov.cn", None),
        ("1.2.3.4.gov.cn", None),
        ("", None),
    ],
)
def test_odd_spellings_of_addresses_are_seen_through(spelling: str, address: str | None) -> None:
    found = literal_address(spelling)
    assert (str(found) if found else None) == address


@pytest.mark.shared
def test_public_suite_of_ipv4_spellings() -> None:
    cases = suite_json("url/funky_ipv4_dev.json")
    found = {spelling: literal_address(spelling) for spelling in cases}
    assert {spelling: str(each) if each else None for spelling, each in found.items()} == cases


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "[::1]", "localhost", "localhost.", "10.0.0.8", "[::ffff:10.0.0.8]"])
async def test_mappings_never_open_an_address_or_localhost(host: str) -> None:
    resolver = Resolver([NameMapping(pattern="*", host="127.0.0.1", port=1)])
    with pytest.raises(Refusal) as refusal:
        await resolver.places(host)
    assert refusal.value.failure.kind in (FailureKind.GUARD, FailureKind.DNS)


async def test_names_that_are_mapped_are_found_there_on_any_port_and_others_meet_the_guard() -> None:
    resolver = Resolver([parse_mapping("*.gov.cn=127.0.0.1:8800")])
    (place,) = await resolver.places("www.lizhou.gov.cn")
    assert (place.address, place.port, place.mapped) == ("127.0.0.1", 8800, True)
    with pytest.raises(Refusal):
        await resolver.places("gov.cn.localhost")


@pytest.mark.parametrize(
    "text",
    ["", "*.gov.cn", "=127.0.0.1:80", "*.gov.cn=:80", "*.gov.cn=h:0", "*.gov.cn=h:99999", "127.0.0.1=h:1", "localhost=h:1", "0x7f.1=h:1"],
)
def test_what_is_no_mapping_gets_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]+\.$"):
        parse_mapping(text)
