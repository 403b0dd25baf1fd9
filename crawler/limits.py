"""The limits of one site's visit. The values are given by the application; the defaults are those of the contract."""

from crawler.facts.records import Record


class GatherSettings(Record, frozen=True, kw_only=True):
    """How much of a site is read, how fast, and for how long. Times in seconds, sizes in bytes."""

    max_pages: int = 50
    deadline: float = 300.0
    """Wall clock for the whole site, whatever it does."""
    delay: float = 0.5
    """Between the starts of two requests to the site; a longer Crawl-delay of its robots.txt wins."""
    connections: int = 2
    max_requests: int = 400
    max_bytes: int = 64 << 20
    """Of bodies as received."""
    max_page_bytes: int = 5 << 20
    """Of one body, as received and again as decoded."""
    homepage_timeout: float = 15.0
    """The official definition: a homepage that does not open within 15 seconds has not opened (国办发〔2015〕15号)."""
    page_timeout: float = 15.0
    robots_timeout: float = 10.0
    second_try_pause: float = 5.0
    """Before the homepage is tried once more."""
    max_redirects: int = 10
    max_forwards: int = 5
    """Meta-refresh, script and frame redirects followed from the homepage."""
    max_outlinks: int = 500
    search_probes: bool = True
    max_rendered: int = 10
    """Pages of the site rendered at most."""
    render_timeout: float = 30.0
    """For one page in the browser, with all that it asks for at the site's pace."""
    render_wait: float = 120.0
    """Until a browser is free."""
    render_requests: int = 60
    """That one page may make in the browser."""
