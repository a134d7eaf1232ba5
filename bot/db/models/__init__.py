"""Every table. Alembic compares the migrations with this metadata; a test fails when they differ."""

from bot.db.models.base import Base, Moment
from bot.db.models.deliveries import Broadcast, Chat, ChatCode, Delivery, Muted, Pace
from bot.db.models.hearings import (
    Attendance,
    Hearing,
    HearingDocument,
    HearingVillage,
    Question,
    QuestionDraft,
)
from bot.db.models.people import GrantRow, Invite, JournalEntry, ResidentRow, SeenUpdate
from bot.db.models.places import Municipality, Topic, Village
from bot.db.models.problems import Attachment, Draft, Inquiry, Problem, ProblemNote, Supporter
from bot.db.models.votes import BallotRow, Pick, Round, RoundProblem

__all__ = [
    "Attachment",
    "Attendance",
    "BallotRow",
    "Base",
    "Broadcast",
    "Chat",
    "ChatCode",
    "Delivery",
    "Draft",
    "GrantRow",
    "Hearing",
    "HearingDocument",
    "HearingVillage",
    "Inquiry",
    "Invite",
    "JournalEntry",
    "Moment",
    "Municipality",
    "Muted",
    "Pace",
    "Pick",
    "Problem",
    "ProblemNote",
    "Question",
    "QuestionDraft",
    "ResidentRow",
    "Round",
    "RoundProblem",
    "SeenUpdate",
    "Supporter",
    "Topic",
    "Village",
]
