"""Several quarters side by side: the series, its charts, and the page that shows them."""
