"""Trying a site's search box: with titles that are known to be on the site, and with a control."""

from collections.abc import AsyncIterator

from crawler.net.visit import SiteVisit
from crawler.reading.page_builder import PageBuilder
from crawler.search_probes.queries import find_search_form, plan_queries, search_hosts, search_request
from crawler.snapshot import Page, PageRole, SearchTry


async def search_tries(pages: tuple[Page, ...], hosts: frozenset[str], visit: SiteVisit, builder: PageBuilder) -> AsyncIterator[SearchTry]:
    """Send the queries that these pages give reason for, and yield what came of each; nothing where there is no box to try."""
    found = find_search_form(pages)
    if found is None:
        return
    form, on_page = found
    for query in plan_queries(pages, hosts):
        request = search_request(form, query.text, on_page)
        if request is None:
            return
        fetched = await visit.send(request, PageRole.SEARCH, stay=search_hosts(request, hosts))
        page, _ = await builder.page(fetched, PageRole.SEARCH, found_on=on_page.final_url, query=query.text)
        yield SearchTry(query=query.text, expected=query.expected, expected_url=query.url, form=form, page=page)
