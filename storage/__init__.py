"""Database tables and migrations, registry, scans, findings, history. The only floor that sees SQLAlchemy."""
