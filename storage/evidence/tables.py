"""The tables of the evidence: which files a scan has, what they hold of each audit, and their digest."""

import sqlalchemy as sa

from storage.columns import UtcTime
from storage.tables import metadata

evidence_files = sa.Table(
    "evidence_files",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("scan_id", sa.ForeignKey("scans.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    # Unknown while its scan runs.
    sa.Column("bytes", sa.BigInteger),
    sa.Column("sha256", sa.Text),
    sa.UniqueConstraint("scan_id", "name"),
)

kept_audits = sa.Table(
    "kept_audits",
    metadata,
    sa.Column("scan_id", sa.ForeignKey("scans.id"), primary_key=True),
    sa.Column("site_id", sa.ForeignKey("sites.id"), primary_key=True),
    sa.Column("look", sa.Integer, primary_key=True),
    sa.Column("file_id", sa.ForeignKey("evidence_files.id"), nullable=False),
    sa.Column("offset", sa.BigInteger, nullable=False),
    sa.Column("length", sa.BigInteger, nullable=False),
    # Which bodies lie where, and which are referred to, packed: a row for each of a million answers a night would outgrow all else here.
    sa.Column("content", sa.LargeBinary, nullable=False),
)

kept_responses = sa.Table(
    "kept_responses",
    metadata,
    # What the newest block of a site holds or refers to: its next audit archives what is not among it.
    sa.Column("site_id", sa.ForeignKey("sites.id"), primary_key=True),
    sa.Column("scan_id", sa.ForeignKey("scans.id"), nullable=False),
    sa.Column("responses", sa.LargeBinary, nullable=False),
)

evidence_manifests = sa.Table(
    "evidence_manifests",
    metadata,
    sa.Column("scan_id", sa.ForeignKey("scans.id"), primary_key=True),
    sa.Column("root", sa.Text, nullable=False),
    sa.Column("sealed_at", UtcTime, nullable=False),
    sa.Column("thinned_at", UtcTime),
)
