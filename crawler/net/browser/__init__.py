"""Pages in a browser: Chromium runs in processes of its own, and everything a page asks for is fetched by the crawler."""
