"""How each document was when somebody said whose it is: what is changed there since is asked about again."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

EMPTY = sa.text("''")
FACTS = frozenset({"entity", "id", "line", "total", "number", "customer"})


def upgrade() -> None:
    op.add_column(
        "booked_answers", sa.Column("linked_seen", sa.String(120), server_default=EMPTY, nullable=False)
    )
    connection, answers, others = op.get_bind(), _table("booked_answers"), _table("others_read")
    for kept in connection.execute(sa.select(others)).all():
        seen = dict(_as_seen(one) for one in kept.documents if one.keys() >= FACTS)
        whose = (answers.c.firm_id == kept.firm_id, answers.c.realm_id == kept.realm_id)
        for one in connection.execute(sa.select(answers).where(*whose)).all():
            values = {
                "linked_seen": seen.get(one.linked, ""),
                "dismissed": [seen.get(key, key) for key in one.dismissed],
            }
            connection.execute(answers.update().where(answers.c.id == one.id).values(**values))


def downgrade() -> None:
    connection, answers = op.get_bind(), _table("booked_answers")
    for one in connection.execute(sa.select(answers)).all():
        keys = [seen.partition("@")[0] for seen in one.dismissed]
        connection.execute(answers.update().where(answers.c.id == one.id).values(dismissed=keys))
    op.drop_column("booked_answers", "linked_seen")


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())


def _as_seen(document: Mapping[str, Any]) -> tuple[str, str]:
    """A kept document's key, and the same with its print, as ``qb.others`` makes it."""
    key = ":".join(part for part in (document["entity"], document["id"], document["line"]) if part)
    whose = document["customer"]["id"]
    says = json.dumps([whose, document["total"], document.get("date", ""), document["number"]])
    return key, f"{key}@{sha256(says.encode()).hexdigest()[:12]}"
