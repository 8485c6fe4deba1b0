"""What we did: syncs, effects, receipts, tasks, and an audit that only grows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

KEEP_IN_SQLITE = (
    """CREATE TRIGGER audit_lines_unchanged BEFORE UPDATE ON audit_lines
    BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END""",
    """CREATE TRIGGER audit_lines_kept BEFORE DELETE ON audit_lines
    BEGIN SELECT RAISE(ABORT, 'audit lines are never removed'); END""",
)
KEEP_IN_POSTGRESQL = (
    """CREATE FUNCTION keep_audit_lines() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit lines are never changed or removed'; END $$""",
    """CREATE TRIGGER audit_lines_unchanged BEFORE UPDATE OR DELETE ON audit_lines
    FOR EACH ROW EXECUTE FUNCTION keep_audit_lines()""",
    """CREATE TRIGGER audit_lines_kept BEFORE TRUNCATE ON audit_lines
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_lines()""",
)


def upgrade() -> None:
    _heartbeats()
    _audit_heads()
    _audit_lines()
    _syncs()
    _tasks()
    _effects()
    _receipts()
    _keep_audit_lines()


def _heartbeats() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("process", sa.String(64), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
    )


def _audit_heads() -> None:
    op.create_table(
        "audit_heads",
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )


def _audit_lines() -> None:
    op.create_table(
        "audit_lines",
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("verb", sa.String(48), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("previous_sha256", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
    )


def _syncs() -> None:
    op.create_table(
        "syncs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("approved_by", sa.String(32)),
        sa.Column("approved_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        sa.Column("selection", sa.JSON(), nullable=False),
        sa.Column("plan_sha256", sa.String(64), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("message_ts", sa.String(32), nullable=False),
    )
    op.create_index("ix_syncs_firm_id", "syncs", ["firm_id"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("kind", sa.String(48), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("key", sa.String(200)),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.Column("trouble", sa.String(500), nullable=False),
        sa.UniqueConstraint("firm_id", "key"),
    )
    op.create_index("ix_tasks_due", "tasks", ["state", "due_at"])


def _effects() -> None:
    op.create_table(
        "effects",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("sync_id", sa.String(36), sa.ForeignKey("syncs.id")),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("invoice", sa.String(500), nullable=False),
        sa.Column("operation", sa.String(32), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("depends_on", sa.String(36), sa.ForeignKey("effects.id")),
        sa.Column("entity", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("request_id", sa.String(36), nullable=False, unique=True),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("body_sha256", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", MOMENT),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("first_sent", MOMENT),
        sa.Column("last_sent", MOMENT),
        sa.Column("remote_id", sa.String(64)),
        sa.Column("sync_token", sa.String(16)),
        sa.Column("document_number", sa.String(64)),
        sa.Column("intuit_tid", sa.String(128)),
        sa.Column("adopted", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.JSON()),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.UniqueConstraint("firm_id", "realm_id", "subject", "operation", "generation"),
        sa.UniqueConstraint("realm_id", "entity", "remote_id"),
    )
    op.create_index("ix_effects_due", "effects", ["state", "due_at"])
    op.create_index("ix_effects_invoice", "effects", ["invoice"])
    op.create_index("ix_effects_sync_id", "effects", ["sync_id"])


def _receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("sync_id", sa.String(36), sa.ForeignKey("syncs.id"), nullable=False),
        sa.Column("invoice", sa.String(500), nullable=False),
        sa.Column("ties", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.UniqueConstraint("sync_id", "invoice"),
    )
    op.create_index("ix_receipts_firm_id", "receipts", ["firm_id"])
    op.create_index("ix_receipts_sync_id", "receipts", ["sync_id"])


def _keep_audit_lines() -> None:
    dialect = op.get_context().dialect.name
    for statement in KEEP_IN_SQLITE if dialect == "sqlite" else KEEP_IN_POSTGRESQL:
        op.execute(statement)
