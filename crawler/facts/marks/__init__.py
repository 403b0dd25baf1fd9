"""The marks a site must carry in its footer and header."""
