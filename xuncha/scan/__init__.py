"""A scan: many audits at once, one writer, resumable, over several processes."""
