"""Evidence: every exchange of an audit as it was received, in WARC files beside the database, and the index that finds it again."""
