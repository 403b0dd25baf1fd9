"""Rules: pure judgement of a site's dossier by a dated standard. No I/O, no clock, no settings."""
