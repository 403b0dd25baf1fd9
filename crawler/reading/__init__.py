"""From what was fetched to a page: what the document is, and its facts, read where no page can stall the crawl."""
