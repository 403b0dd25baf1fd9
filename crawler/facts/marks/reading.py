"""The marks that a government page must carry at its foot (国办发〔2017〕47号, standards.md 2.3 and 6)."""

from crawler.facts.marks.feedback import read_feedback_entry, read_party_mark
from crawler.facts.marks.filings import read_icp, read_police_filing, read_site_codes
from crawler.facts.marks.footer import (
    has_unread_footer,
    is_foot_printed,
    read_contact,
    read_foot_scripts,
    read_footer_sources,
    read_sponsor,
)
from crawler.facts.marks.pictures import read_driven_pictures, read_unnamed_pictures, read_wide_pictures
from crawler.facts.marks.seen import Sight
from crawler.facts.records import Mark, Marks
from crawler.facts.tree.document import Document


def read_marks(document: Document) -> Marks:
    """Read every footer mark of a page; comments never count, and a foot that was not read is said to be so."""
    sight = Sight(document)
    codes = read_site_codes(sight)
    feedback, icon_only = read_feedback_entry(sight)
    sources = read_footer_sources(document)
    icp, police_filing, sponsor = read_icp(sight), read_police_filing(sight), read_sponsor(sight)
    contact = read_contact(sight)
    printed = is_foot_printed(sight, (icp, police_filing, sponsor, contact, *codes))
    party_mark = read_party_mark(sight)
    complete = bool(codes) and all(mark.seen for mark in (party_mark, icp, police_filing, feedback))
    return Marks(
        party_mark=party_mark,
        site_code=codes[0] if codes else Mark(),
        site_codes=codes,
        icp=icp,
        police_filing=police_filing,
        feedback_entry=feedback,
        feedback_icon_only=icon_only,
        sponsor=sponsor,
        contact=contact,
        unnamed_pictures=() if party_mark.seen else read_unnamed_pictures(document),
        driven_pictures=() if feedback.seen else read_driven_pictures(document),
        wide_pictures=() if complete else read_wide_pictures(document),
        footer_by_script=has_unread_footer(document, sources, printed=printed),
        footer_sources=sources,
        foot_scripts=() if complete else read_foot_scripts(document, sources),
    )
