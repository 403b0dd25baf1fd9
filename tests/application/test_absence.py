"""Before anything is called absent from a homepage, it is seen what the scripts of the homepage add to it."""

import pytest

from rules.reasons import EngineReason
from rules.verdict import Verdict
from storage.records import AuditResult
from tests.crawler.rendering.browsers import needs_chromium
from tests.demo.additions import PARTS, RULE_OF_PART, WAYS, OddSite
from tests.demo.odd_audits import audits

ADDED = (
    ("search", "in a closed shadow tree"),
    ("channel", "by fetch of data"),
    ("report", "three seconds later"),
    ("feedback", "when scrolled to"),
    ("icp", "written into a frame"),
    ("party", "when the mouse is over a menu"),
)


EFFECTS = """<script src="/js/jquery.min.js"></script><script src="/js/jquery.SuperSlide.js"></script><script>
var _hmt = _hmt || [];
(function() { var hm = document.createElement("script"); hm.src = "https://hm.baidu.com/hm.js?a"; document.head.appendChild(hm); })();
$(function() {
  $(".nav li").hover(function() { $(this).find("ul").show(); }, function() { $(this).find("ul").hide(); });
  $.get("/plus/count.php?id=1", function(d) { $("#count").html(d); });
  $("#today").html(new Date().getFullYear() + "年");
});
</script>"""
"""What most pages run: libraries, an analyst, a menu, a counter, a clock."""


async def found(site: OddSite, browser: str) -> AuditResult:
    """Return what an audit finds on one site."""
    (result,) = [result async for _, result in audits([site], browser)]
    return result


@needs_chromium
async def test_nobody_is_accused_of_what_a_script_adds() -> None:
    sites = [OddSite(part, way) for part, way in ADDED]
    verdicts = {site.part: {each.rule: each.verdict for each in result.findings} async for site, result in audits(sites, "auto")}
    assert {part: verdicts[part][RULE_OF_PART[part]] for part, _ in ADDED} == {part: Verdict.PASS for part, _ in ADDED}
    assert not [part for part in verdicts if Verdict.FAIL in verdicts[part].values()]


@needs_chromium
async def test_what_a_browser_shows_nowhere_is_absent_and_the_evidence_says_where_it_was_looked_for() -> None:
    result = await found(OddSite("feedback", ""), "auto")
    (finding,) = (each for each in result.findings if each.verdict is Verdict.FAIL)
    assert (finding.rule, result.rendered) == ("feedback_entry_missing", 1)
    assert "浏览器" in finding.evidence[0].excerpt


@needs_chromium
async def test_what_a_page_asks_for_in_vain_leaves_open_what_it_lacks() -> None:
    result = await found(OddSite("channel", "by a post"), "auto")
    (finding,) = (each for each in result.findings if each.rule == "interaction_missing")
    assert (finding.verdict, finding.reason_code) == (Verdict.INCONCLUSIVE, EngineReason.COVERAGE_LOW)
    assert "有请求未能完成" in finding.reason


@pytest.mark.parametrize("part", [part for part in PARTS if part not in ("channel", "report")])
async def test_without_a_browser_a_part_that_a_script_file_names_is_not_called_absent(part: str) -> None:
    result = await found(OddSite(part, "by a plain script of the head"), "off")
    assert {each.rule for each in result.findings if each.verdict is Verdict.FAIL} == set()
    assert result.rendered == 0


@pytest.mark.parametrize("way", list(WAYS)[::4])
async def test_without_a_browser_nothing_is_called_absent_where_a_script_adds_what_nobody_can_read(way: str) -> None:
    result = await found(OddSite("feedback", way), "off")
    (finding,) = (each for each in result.findings if each.rule == "feedback_entry_missing")
    assert finding.verdict is not Verdict.FAIL
    assert finding.verdict is Verdict.PASS or "doctor" in finding.reason or finding.reason_code == EngineReason.COVERAGE_LOW
    assert {each.rule for each in result.findings if each.verdict is Verdict.FAIL} == set()


async def test_without_a_browser_a_page_of_readable_scripts_is_judged_and_one_with_a_script_that_is_refused_is_not() -> None:
    lacking = await found(OddSite("feedback", "", effects=EFFECTS), "off")
    assert {each.rule for each in lacking.findings if each.verdict is Verdict.FAIL} == {"feedback_entry_missing"}
    refused = await found(OddSite("feedback", "by a script of the platform"), "off")
    (finding,) = (each for each in refused.findings if each.rule == "feedback_entry_missing")
    assert (finding.verdict, finding.reason_code) == (Verdict.INCONCLUSIVE, EngineReason.COVERAGE_LOW)
