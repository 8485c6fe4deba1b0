"""What a firm is, what its exports said, and what belongs to what in QuickBooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _firms()
    _connections()
    _consent_requests()
    _contact_links()
    _directory_entries()
    _drafts()
    _imports()
    _mapping_choices()
    _roles()
    _import_files()
    _source_rows()


def _firms() -> None:
    op.create_table(
        "firms",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("team_id", sa.String(32), unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("timezone", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )


def _connections() -> None:
    op.create_table(
        "connections",
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), primary_key=True),
        sa.Column("realm_id", sa.String(32), nullable=False, unique=True),
        sa.Column("company_name", sa.String(200), nullable=False),
        sa.Column("home_currency", sa.String(3), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("sealed_access", sa.String(8000), nullable=False),
        sa.Column("sealed_refresh", sa.String(8000), nullable=False),
        sa.Column("sealed_previous", sa.String(8000)),
        sa.Column("access_expires_at", MOMENT, nullable=False),
        sa.Column("refresh_expires_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT),
        sa.Column("connected_by", sa.String(32), nullable=False),
        sa.Column("connected_at", MOMENT, nullable=False),
    )


def _consent_requests() -> None:
    op.create_table(
        "consent_requests",
        sa.Column("state_sha256", sa.String(64), primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("cookie_sha256", sa.String(64)),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("message_ts", sa.String(32), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
    )
    op.create_index("ix_consent_requests_firm_id", "consent_requests", ["firm_id"])


def _contact_links() -> None:
    op.create_table(
        "contact_links",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("payer", sa.String(500), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("customer_id", sa.String(64), nullable=False),
        sa.Column("customer_name", sa.String(500), nullable=False),
        sa.Column("linked_by", sa.String(32), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("replaced_at", MOMENT),
    )
    op.create_index(
        "uq_contact_links_current",
        "contact_links",
        ["firm_id", "realm_id", "payer", "currency"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )


def _directory_entries() -> None:
    op.create_table(
        "directory_entries",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("remote_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.UniqueConstraint("firm_id", "realm_id", "kind", "remote_id"),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.UniqueConstraint("firm_id", "id"),
    )


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(64), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("alive_at", MOMENT, nullable=False),
        sa.Column("applied_at", MOMENT),
    )
    op.create_index("ix_imports_firm_id", "imports", ["firm_id"])
    op.create_index(
        "uq_imports_one_staging",
        "imports",
        ["firm_id"],
        unique=True,
        sqlite_where=sa.text("state = 'staging'"),
        postgresql_where=sa.text("state = 'staging'"),
    )


def _mapping_choices() -> None:
    op.create_table(
        "mapping_choices",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("target_id", sa.String(64), nullable=False),
        sa.Column("target_name", sa.String(500), nullable=False),
        sa.Column("confirmed_by", sa.String(32), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.Column("replaced_at", MOMENT),
    )
    op.create_index(
        "uq_mapping_choices_current",
        "mapping_choices",
        ["firm_id", "realm_id", "kind", "source"],
        unique=True,
        sqlite_where=sa.text("replaced_at IS NULL"),
        postgresql_where=sa.text("replaced_at IS NULL"),
    )


def _roles() -> None:
    op.create_table(
        "roles",
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), primary_key=True),
        sa.Column("user_id", sa.String(32), primary_key=True),
        sa.Column("role", sa.String(16), primary_key=True),
        sa.Column("given_by", sa.String(32), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
    )


def _import_files() -> None:
    op.create_table(
        "import_files",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("import_id", ROW_ID, sa.ForeignKey("imports.id"), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("report", sa.String(32), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
    )
    op.create_index("ix_import_files_import_id", "import_files", ["import_id"])


def _source_rows() -> None:
    op.create_table(
        "source_rows",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("report", sa.String(32), nullable=False),
        sa.Column("key", sa.String(500), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(200), nullable=False),
        sa.Column("found_by", sa.String(500)),
        sa.Column("since", ROW_ID, sa.ForeignKey("imports.id"), nullable=False),
        sa.Column("until", ROW_ID, sa.ForeignKey("imports.id")),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.UniqueConstraint("firm_id", "report", "key", "occurrence", "since"),
    )
    op.create_index("ix_source_rows_case", "source_rows", ["firm_id", "case_number"])
    op.create_index("ix_source_rows_found_by", "source_rows", ["firm_id", "report", "found_by"])
    op.create_index("ix_source_rows_since", "source_rows", ["since"])
    op.create_index("ix_source_rows_until", "source_rows", ["until"])
