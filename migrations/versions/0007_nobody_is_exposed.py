"""What keeps people from being exposed: hidden problems, questions seen first, cut ballots, ended roles."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


_PARTS = (
    *("problem_number", "direction", "problem", "problem_other", "description", "villages", "causes"),
    *("consequences", "goal", "tasks", "reported", "number", "measure", "measure_other", "responsible"),
    *("term", "cost", "funding", "own_part", "indicator"),
)
_DECISIONS = {"none": "", "accepted": "accepted", "partly": "partly", "declined": "declined"}
# What a person is being asked, by its name before and from now on.
_RENAMED_WAITS = {
    **{f"plan:{part}": f"plan-part:{part}" for part in _PARTS},
    **{f"question:answer:{before}": f"question-answer:{now}" for before, now in _DECISIONS.items()},
    **{f"question:anew:{before}": f"question-correction:{now}" for before, now in _DECISIONS.items()},
}


def upgrade() -> None:
    _desk_up()
    _authors_up()
    _questions_up()
    _roles_up()
    _ballots_up()
    _waits_up()


def _waits_up() -> None:
    """What somebody is being asked keeps its question under the name that it has from now on."""
    for before, now in _RENAMED_WAITS.items():
        rename = sa.text("UPDATE residents SET awaiting = :now WHERE awaiting = :before")
        op.execute(rename.bindparams(now=now, before=before))


def _waits_down() -> None:
    for before, now in _RENAMED_WAITS.items():
        rename = sa.text("UPDATE residents SET awaiting = :before WHERE awaiting = :now")
        op.execute(rename.bindparams(now=now, before=before))


def downgrade() -> None:
    _waits_down()
    _ballots_down()
    _roles_down()
    _questions_down()
    _authors_down()
    _desk_down()


# Problems hidden from residents, words taken out, people muted for a time.


def _desk_up() -> None:
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_from", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("hidden_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
        batch_op.add_column(sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("hidden_reason", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("hidden_words", sa.Text(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_problems_hidden_by"), "residents", ["hidden_by"], ["id"])
    _make_marks()
    _make_silences()


def _make_marks() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "marked_reports",
        sa.Column("resident_id", number, nullable=False),
        sa.Column("problem_id", number, nullable=False),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["problems.id"],
            name=op.f("fk_marked_reports_problem_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_marked_reports_resident_id")
        ),
        sa.PrimaryKeyConstraint("resident_id", "problem_id", name=op.f("pk_marked_reports")),
    )
    with op.batch_alter_table("marked_reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marked_reports_problem_id"), ["problem_id"], unique=False)


def _make_silences() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "silences",
        sa.Column("id", number, nullable=False),
        sa.Column("problem_id", number, nullable=True),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", number, nullable=True),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", number, nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_silences_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problems.id"], name=op.f("fk_silences_problem_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["resident_id"], ["residents.id"], name=op.f("fk_silences_resident_id")),
        sa.ForeignKeyConstraint(["made_by"], ["residents.id"], name=op.f("fk_silences_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silences")),
        sa.UniqueConstraint("problem_id", name=op.f("uq_silences_problem_id")),
    )
    with op.batch_alter_table("silences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_silences_resident_id"), ["resident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_silences_key"), ["key"], unique=False)


def _desk_down() -> None:
    op.drop_table("silences")
    op.drop_table("marked_reports")
    # Nobody else was to read a hidden problem: the older program knows declined ones only.
    op.execute("UPDATE problems SET status = 'declined' WHERE status = 'hidden'")
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_problems_hidden_by"), type_="foreignkey")
        for column in ("hidden_words", "hidden_reason", "hidden_at", "hidden_by", "hidden_from"):
            batch_op.drop_column(column)


# What an author agreed to show, and what no export keeps any longer.


def _authors_up() -> None:
    # Column by column: a table made anew would lose that its numbers are never used again.
    op.add_column(
        "attachments", sa.Column("is_public", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    # Nobody was asked about their voice before; photos and places were shown, and stay so.
    op.execute("UPDATE attachments SET is_public = true WHERE kind <> 'voice' AND purpose = 'report'")
    op.add_column(
        "drafts", sa.Column("keeps_personal", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.add_column("problems", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    to_erase = sa.text("status = 'declined' AND erased_at IS NULL")
    op.create_index(
        "ix_problems_to_erase",
        "problems",
        ["decided_at"],
        unique=False,
        sqlite_where=to_erase,
        postgresql_where=to_erase,
    )


def _authors_down() -> None:
    op.drop_index("ix_problems_to_erase", table_name="problems")
    op.drop_column("problems", "erased_at")
    op.drop_column("drafts", "keeps_personal")
    # The older version plays a voice of a report to everybody, one of an answer to facilitators alone.
    op.execute(
        "UPDATE attachments SET purpose = 'answer'"
        " WHERE kind = 'voice' AND purpose = 'report' AND NOT is_public AND problem_id IS NOT NULL"
    )
    op.drop_column("attachments", "is_public")


# Questions to hearings that officers see first.


def _questions_up() -> None:
    with op.batch_alter_table("municipalities", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("questions_at_once", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    with op.batch_alter_table("hearing_questions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("hidden_reason", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    # What was sent before was public at once, and stays so.
    op.execute("UPDATE hearing_questions SET shown_at = created_at")


def _questions_down() -> None:
    # The older version shows whatever is not hidden.
    op.execute(
        "UPDATE hearing_questions SET hidden_at = created_at WHERE shown_at IS NULL AND hidden_at IS NULL"
    )
    for column in ("version", "hidden_reason", "shown_at"):
        op.drop_column("hearing_questions", column)
    op.drop_column("municipalities", "questions_at_once")


# Who holds a role, and who may take it away.


def _roles_up() -> None:
    # Made anew on SQLite: the id of a grant that was deleted must not be given to another.
    anew: dict[str, Any] = {"recreate": "always", "table_kwargs": {"sqlite_autoincrement": True}}
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("grants", schema=None, **(anew if is_sqlite else {})) as batch_op:
        batch_op.add_column(sa.Column("is_head", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_index(
            batch_op.f("ix_grants_resident_id_municipality_id"),
            ["resident_id", "municipality_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_grants_municipality_id"), ["municipality_id"], unique=False)
    with op.batch_alter_table("invites", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_head", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_actor_id_municipality_id_at"),
            ["actor_id", "municipality_id", "at"],
            unique=False,
        )
    with op.batch_alter_table("chat_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chat_codes_made_by"), ["made_by"], unique=False)


def _roles_down() -> None:
    with op.batch_alter_table("chat_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chat_codes_made_by"))
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_actor_id_municipality_id_at"))
    with op.batch_alter_table("invites", schema=None) as batch_op:
        batch_op.drop_column("is_head")
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grants_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_grants_resident_id_municipality_id"))
        batch_op.drop_column("is_head")


# Ballots without their voters, and what is remembered of those who asked to be forgotten.


def _ballots_up() -> None:
    resident = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    uncut, is_open = sa.text("cut_at IS NULL"), sa.text("ended_at IS NULL")
    op.add_column("ballots", sa.Column("stratum", sa.Integer(), nullable=True))
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cut_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_rounds_uncut", ["closed_at"], unique=False, sqlite_where=uncut, postgresql_where=uncut
        )
    op.create_table(
        "ballot_codes",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("voter_hash", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_ballot_codes_round_id")),
        sa.PrimaryKeyConstraint("round_id", "voter_hash", name=op.f("pk_ballot_codes")),
        sa.UniqueConstraint("round_id", "code", name=op.f("uq_ballot_codes_round_id_code")),
    )
    op.create_table(
        "disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", resident, nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", resident, nullable=True),
        sa.ForeignKeyConstraint(["begun_by"], ["residents.id"], name=op.f("fk_disputes_begun_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["residents.id"], name=op.f("fk_disputes_ended_by")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_disputes_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disputes")),
    )
    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.create_index(
            "uq_disputes_open", ["round_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
        )
        batch_op.create_index(batch_op.f("ix_disputes_round_id"), ["round_id"], unique=False)
    op.create_table(
        "forgotten_acts",
        sa.Column("number_hash", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("many", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resident_id", resident, nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name=op.f("fk_forgotten_acts_resident_id")
        ),
        sa.PrimaryKeyConstraint("number_hash", "act", "subject_id", name=op.f("pk_forgotten_acts")),
    )
    with op.batch_alter_table("forgotten_acts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forgotten_acts_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_forgotten_acts_resident_id"), ["resident_id"], unique=False)


def _ballots_down() -> None:
    """A ballot that was cut stays so: whose it was is known to nobody."""
    with op.batch_alter_table("forgotten_acts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forgotten_acts_resident_id"))
        batch_op.drop_index(batch_op.f("ix_forgotten_acts_at"))
    op.drop_table("forgotten_acts")
    is_open = sa.text("ended_at IS NULL")
    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disputes_round_id"))
        batch_op.drop_index("uq_disputes_open", sqlite_where=is_open, postgresql_where=is_open)
    op.drop_table("disputes")
    op.drop_table("ballot_codes")
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.drop_column("stratum")
    uncut = sa.text("cut_at IS NULL")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_index("ix_rounds_uncut", sqlite_where=uncut, postgresql_where=uncut)
        batch_op.drop_column("cut_at")
