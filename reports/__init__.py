"""Reports: plain records in, lists, bulletins and site pages out. Nothing here judges a site again, and nothing reads a clock."""
