"""From bytes to text: which encoding a page is in."""
