"""网站标识码与登记信息不一致

检查内容
    页脚、网页标签、监督举报入口中的网站标识码是否一致，是否与登记库相符。
依据
    《政府网站发展指引》要求底部功能区列明网站标识码；登记信息应与实际相符（2016年第二季度通报“报送的网址与实际网址不一致”一类问题）。
判定
    pass 各处印出的标识码都与登记库相符。
    fail 页脚印出的标识码不是登记的标识码，也不是登记库中其他网站的；或者同一网站各处的标识码互相矛盾。
    inconclusive 未见到网站内容；登记信息没有标识码；首页没有印出完整的标识码；印出的是登记库中另一网站的标识码，可能共用平台或页脚；
        印出的标识码所属地区在登记库中不完整，无法知道是不是另一网站的。
    na 登记状态为关停、迁移或临时下线；网站不在登记库中。
证据
    登记的标识码；每一处不同的标识码及其位置。
易误判
    集约化平台的各个网站共用门户网站的监督举报入口或页脚；栏目页面沿用旧模板；登记库尚未更新，或只含部分网站；
    首页上的信息引用了其他网站的标识码。
整改建议
    核对网站标识码，统一页脚、网页标签和监督举报入口，并在全国政府网站信息报送系统中核实登记信息。
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from crawler.facts.records import Place
from crawler.snapshot import Reach
from rules.divisions import RegistryAtHand, division_of
from rules.dossier import PrintedCode, SeenSite
from rules.registry import SITE_CODE, RegistryRow, Status
from rules.rule import RegistryRule
from rules.verdict import Evidence, EvidenceKind, Judgement, failed, not_applicable, passed, undecided

PLACES = {Place.TEXT: "页面文字", Place.META: "网页标签"}
OTHER_PLACE = "监督举报入口或脚本"


@dataclass(frozen=True, slots=True)
class _Known:
    """The codes of the registry at hand, and how much of a division it must hold to be taken for whole."""

    codes: frozenset[str]
    at_hand: RegistryAtHand
    departments: int


def judge(sites: Iterable[SeenSite], thresholds: Mapping[str, int]) -> Iterator[tuple[int, Judgement]]:
    """Compare what each registered site prints with its row; codes of other registered sites are left to people."""
    seen = tuple(sites)
    known = _Known(
        codes=frozenset(site.row.site_code.lower() for site in seen if site.row and site.row.site_code),
        at_hand=RegistryAtHand.of(seen),
        departments=thresholds["departments"],
    )
    for site in seen:
        yield site.site_id, _judge(site, known)


def _judge(site: SeenSite, known: _Known) -> Judgement:
    row = site.row
    if row is None:
        return not_applicable("not_registered", "网站不在登记库中，由“未填报”一项判定")
    if row.status is not Status.RUNNING:
        return not_applicable("not_running", "登记状态不是正常运行，不作判定")
    if site.reach is not Reach.OK:
        return undecided("not_seen", "未见到该网站的内容，不作比对")
    if not row.site_code:
        return undecided("no_code", "登记信息没有网站标识码，无法比对")
    codes = [printed for printed in site.codes if SITE_CODE.fullmatch(printed.code)]
    if not codes:
        return undecided("none_printed", "没有在首页看到完整的网站标识码，无法比对")
    return _compare(site, row, codes, known)


def _compare(site: SeenSite, row: RegistryRow, codes: list[PrintedCode], known: _Known) -> Judgement:
    own = [printed for printed in codes if printed.code.lower() == (row.site_code or "").lower()]
    in_text = any(printed.place is Place.TEXT for printed in own)
    different = [printed for printed in codes if printed not in own and not (in_text and printed.place is Place.TEXT)]
    if not different:
        return passed("codes_agree", f"各处的网站标识码都是{row.site_code}")
    evidence = (_of_registry(site, row), *(_of_page(site, printed) for printed in different))
    shown = "、".join(dict.fromkeys(printed.code for printed in different))
    strange = [printed.code for printed in different if printed.code.lower() not in known.codes]
    if not strange:
        return undecided("code_of_another", f"印有登记库中其他网站的标识码{shown}，可能共用平台或页脚，须人工核对", *evidence)
    if not all(known.at_hand.covers(division_of(code), known.departments) for code in strange):
        return undecided("registry_partial", f"印有标识码{shown}，登记库中没有该地区的全部网站，可能是另一网站的，须人工核对", *evidence)
    if own:
        return failed("codes_disagree", f"登记的网站标识码是{row.site_code}，另有{len(different)}处印的是{shown}", *evidence)
    if all(printed.place is not Place.TEXT for printed in different):
        return undecided("code_not_in_text", f"只在网页标签或监督举报入口中看到标识码{shown}，须人工核对", *evidence)
    return failed("code_differs", f"登记的网站标识码是{row.site_code}，网页上印的是{shown}", *evidence)


def _of_registry(site: SeenSite, row: RegistryRow) -> Evidence:
    return Evidence(kind=EvidenceKind.REGISTRY, url=site.url, label=row.name, excerpt=f"登记的网站标识码：{row.site_code}")


def _of_page(site: SeenSite, printed: PrintedCode) -> Evidence:
    return Evidence(
        kind=EvidenceKind.PAGE_QUOTE,
        url=printed.url or site.url,
        label=PLACES.get(printed.place, OTHER_PLACE) if printed.place else OTHER_PLACE,
        excerpt=f"网站标识码：{printed.code}",
        fetched_at=site.fetched_at,
    )


RULE = RegistryRule(version=2, judge=judge)
