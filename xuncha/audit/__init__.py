"""An audit: one site, from its registry row to its findings; those who carry audits out, and what they need."""
