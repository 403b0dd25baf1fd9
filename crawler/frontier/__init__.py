"""Where to go next on a site: the pages that wait, and the links that lead out of it."""
