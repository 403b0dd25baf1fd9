"""A quarter's sample is kept with all that it takes to draw it again, and is not replaced in passing."""

import msgspec
import pytest
from storage_samples import AS_OF, registered_sites

from storage.database import Database
from storage.errors import SampleExists
from storage.quarters.samples import find_sample, iterate_sample_sites, save_sample
from storage.quarters.summaries import keep_quarter, summaries_of
from storage.records import DrawnSample, SamplePurpose

SAMPLE = DrawnSample(
    quarter="2018Q2",
    purpose=SamplePurpose.SPOT_CHECK,
    size=2,
    least=1,
    seed="20180601",
    registry_hash="ab" * 32,
    frame_size=3,
    drawn_at=AS_OF,
)


def test_a_sample_comes_back_in_the_order_drawn(database: Database) -> None:
    first, _, third = registered_sites(database, 3)
    save_sample(database, SAMPLE, [(third.site_id, "河北"), (first.site_id, "河北")])
    assert find_sample(database, "2018Q2", SamplePurpose.SPOT_CHECK) == SAMPLE
    drawn = list(iterate_sample_sites(database, "2018Q2", SamplePurpose.SPOT_CHECK))
    assert [(entry.site, entry.unit) for entry in drawn] == [(third, "河北"), (first, "河北")]
    assert find_sample(database, "2018Q2", SamplePurpose.RECHECK) is None
    assert list(iterate_sample_sites(database, "2018Q1", SamplePurpose.SPOT_CHECK)) == []


def test_a_sample_is_replaced_only_on_request(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    save_sample(database, SAMPLE, [(site.site_id, "河北")])
    other = msgspec.structs.replace(SAMPLE, seed="another")
    with pytest.raises(SampleExists, match="2018Q2 has its sample already"):
        save_sample(database, other, [])
    assert find_sample(database, "2018Q2", SamplePurpose.SPOT_CHECK) == SAMPLE
    save_sample(database, other, [], replace=True)
    assert find_sample(database, "2018Q2", SamplePurpose.SPOT_CHECK) == other
    assert list(iterate_sample_sites(database, "2018Q2", SamplePurpose.SPOT_CHECK)) == []


def test_quarters_are_kept_by_scope_the_newest_word_last(database: Database) -> None:
    for scope, quarter, summary in (
        ("全国", "2018Q2", "{}"),
        ("全国", "2018Q1", "{}"),
        ("安州", "2018Q1", "{}"),
        ("全国", "2018Q2", '{"a":1}'),
    ):
        keep_quarter(database, scope, quarter, summary, AS_OF)
    assert list(summaries_of(database, "全国").items()) == [("2018Q1", "{}"), ("2018Q2", '{"a":1}')]
    assert list(summaries_of(database, "安州")) == ["2018Q1"]
