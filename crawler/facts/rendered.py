"""What a page says once its scripts have run. Rendering adds to what the source says, and takes nothing away."""

import datetime as dt

import msgspec

from crawler.facts.records import Column, Mark, Marks, PageFacts, Presence, SearchForm, SearchState

_MARKS = ("party_mark", "site_code", "icp", "police_filing", "feedback_entry", "sponsor", "contact")
_PRESENCES = (Presence.ABSENT, Presence.SCRIPT_ONLY, Presence.PRESENT)
_SEARCH_STATES = (SearchState.ABSENT, SearchState.JS_ONLY, SearchState.PRESENT)


def with_rendered(source: PageFacts, rendered: PageFacts, *, complete: bool) -> PageFacts:
    """Return the facts of a rendered document, with all that its source said beside them.

    `complete` tells whether the document shows all that a reader would see: only then can it show that the foot has been read.
    """
    interaction = rendered.interaction or source.interaction
    return msgspec.structs.replace(
        rendered,
        # Forms are sent in the encoding of the page as it was served.
        encoding=source.encoding,
        title=rendered.title or source.title,
        meta=rendered.meta or source.meta,
        marks=_marks(source.marks, rendered.marks, complete=complete),
        search_form=_search_form(source.search_form, rendered.search_form),
        navigation=rendered.navigation or source.navigation,
        interaction=interaction,
        interaction_in_script=not interaction and (source.interaction_in_script or rendered.interaction_in_script),
        blocks=rendered.blocks or source.blocks,
        column=_column(source.column, rendered.column),
        letters=rendered.letters if rendered.letters and rendered.letters.letters else source.letters or rendered.letters,
        guide=rendered.guide or source.guide,
        reports=tuple(dict.fromkeys((*rendered.reports, *source.reports))),
        newest_date=_later(source.newest_date, rendered.newest_date),
        newest_possible_date=_later(source.newest_possible_date, rendered.newest_possible_date),
        links=tuple(dict.fromkeys((*rendered.links, *source.links))),
        undated=source.undated and rendered.undated,
        filled_later=rendered.filled_later or (source.filled_later and not complete),
        head_by_script=source.head_by_script and not complete,
        frames=tuple(dict.fromkeys((*source.frames, *rendered.frames))),
        limited=source.limited or rendered.limited,
    )


def _marks(source: Marks, rendered: Marks, *, complete: bool) -> Marks:
    marks = {name: _mark(getattr(source, name), getattr(rendered, name)) for name in _MARKS}
    # The scripts and frames that a complete rendering brought in have done their work: what they wrote has been read.
    in_source = {*source.foot_scripts, *source.footer_sources}
    return msgspec.structs.replace(
        rendered,
        foot_scripts=tuple(address for address in rendered.foot_scripts if not complete or address in in_source),
        footer_sources=tuple(address for address in rendered.footer_sources if not complete or address in in_source),
        **marks,
        site_codes=tuple(dict.fromkeys((*rendered.site_codes, *source.site_codes))),
        footer_by_script=rendered.footer_by_script or (source.footer_by_script and not complete),
    )


def _mark(source: Mark, rendered: Mark) -> Mark:
    return max(rendered, source, key=lambda mark: _PRESENCES.index(mark.state))


def _search_form(source: SearchForm, rendered: SearchForm) -> SearchForm:
    return max(rendered, source, key=lambda form: _SEARCH_STATES.index(form.state))


def _column(source: Column | None, rendered: Column | None) -> Column | None:
    """Return the list of a page. One that shows no entries after its scripts have run may still be filled: it is never called empty."""
    if rendered is None or not rendered.items:
        return source if source is not None or rendered is None else msgspec.structs.replace(rendered, empty=False, script_filled=True)
    return rendered


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return max((day for day in (one, other) if day), default=None)
