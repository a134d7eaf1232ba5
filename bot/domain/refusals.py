"""Everything the bot may refuse, as data; each feature's `texts.py` finds the words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime


class Refusal(Exception):
    """A request that cannot be met, with the facts a person needs to go on."""


@dataclass(eq=False)
class NotAllowed(Refusal):
    """The person lacks the role, or holds it in another municipality.

    One of `roles` would have been needed in that municipality; in any of them where it is None.
    """

    roles: Collection[str] = ()
    municipality_id: int | None = None


class RoleTakenAway(Refusal):
    """The person held the role that is needed, and holds it no longer."""


class NotTheHead(Refusal):
    """Roles are taken away by the head whom the operator has chosen."""


class OwnRole(Refusal):
    """A head does not take away what they hold themselves."""


class RoleOfHead(Refusal):
    """What a head holds is taken away by the operator alone."""


class NotSettled(Refusal):
    """The person has not chosen a municipality and village, or has not agreed yet."""


class Gone(Refusal):
    """What the button spoke of is no longer there."""


@dataclass(eq=False)
class TextTooShort(Refusal):
    at_least: int
    length: int


@dataclass(eq=False)
class TextTooLong(Refusal):
    at_most: int
    length: int


@dataclass(eq=False)
class DailyLimitReached(Refusal):
    limit: int


@dataclass(eq=False)
class TooManyAttachments(Refusal):
    limit: int


class PhotoAsFile(Refusal):
    """A picture came as a file, which carries where and when it was taken."""


class DraftIncomplete(Refusal):
    """The report lacks its village, or tells nothing: no text, no voice message, no photo."""


@dataclass(eq=False)
class AlreadyDecided(Refusal):
    """The report is no longer the waiting one that the button was drawn for; `status` is what it is now.

    It is a value of `ProblemStatus`.
    """

    status: str


class CannotUndo(Refusal):
    """Only whoever decided takes a verdict back, while nothing else has followed from it."""


class CannotHide(Refusal):
    """Only what residents can read is hidden, and only what is hidden is shown again."""


class ProblemIsHidden(Refusal):
    """A hidden problem cannot be chosen anew, on a ballot or for a shortlist."""


class NothingMarked(Refusal):
    """No report is marked to be declined together with others."""


@dataclass(eq=False)
class TooManyMarked(Refusal):
    limit: int


class MarksChanged(Refusal):
    """Other reports are marked now than when the button was drawn."""


class WordsNotFound(Refusal):
    """What is to be taken out of a problem stands nowhere in it."""


class CannotMute(Refusal):
    """The author is not known, or works for the municipality; which of it, nobody learns."""


@dataclass(eq=False)
class MayNotWrite(Refusal):
    """A facilitator has muted this person here until then."""

    until: datetime


class HeldByAnother(Refusal):
    """Another facilitator has this problem before them."""


class WordingIsFrozen(Refusal):
    """A vote has shown this wording: only a dated note may be added."""


class NotWorded(Refusal):
    """A voice note or photo that nobody has put into words cannot be published."""


class CannotMerge(Refusal):
    """One of the two is declined or joined already, or they are one and the same."""


class MergeDuringVote(Refusal):
    """Joining would move picks silently: it waits until the vote is closed."""


class NoSuchProblem(Refusal):
    """No other problem of this municipality has the number."""


class CannotBecome(Refusal):
    """What is said of a problem cannot follow what is true of it now."""


class ReasonMissing(Refusal):
    """Nobody is told "no" without a reason."""


class NoLongerDone(Refusal):
    """The author is asked only while a problem is said to be done."""


class AuthorUnknown(Refusal):
    """The author of the problem asked to be forgotten, so nobody can be asked about it."""


class BeyondAsking(Refusal):
    """A problem that was declined or merged raises no questions any more."""


class InquiryWaits(Refusal):
    """The author was asked something else that they have not answered yet."""


class AlreadyAnswered(Refusal):
    """The author has answered this very question before."""


class OwnProblem(Refusal):
    """Nobody says "mine too" to what they have reported themselves."""


class InviteUnknown(Refusal):
    """No such invitation."""


class InviteExpired(Refusal):
    """The invitation was not accepted in time."""


class InviteUsed(Refusal):
    """Somebody else has accepted the invitation."""


@dataclass(eq=False)
class InviteWithdrawn(Refusal):
    """The person has accepted the invitation; the role was taken away since."""

    role: str
    withdrawn_at: datetime


class NothingToVoteOn(Refusal):
    """A vote needs at least two published problems."""


class VoteAlreadyOpen(Refusal):
    """A municipality holds one vote at a time."""


class NotYourVote(Refusal):
    """Only those who live in a municipality vote there."""


@dataclass(eq=False)
class VoteClosed(Refusal):
    """After closing no vote changes, whatever button is pressed."""

    ended_at: datetime
    is_counted: bool = False


@dataclass(eq=False)
class VoteStillOpen(Refusal):
    closes_at: datetime


@dataclass(eq=False)
class NoPicksLeft(Refusal):
    limit: int


class NotCountedYet(Refusal):
    """The result of a vote is seen by nobody before it is published."""


class CountPublished(Refusal):
    """The result is public: no sheet is added or taken back any more."""


class NumbersNotUnderstood(Refusal):
    """Not as many whole numbers as were asked for."""


class LinesNotUnderstood(Refusal):
    """Not as many lines as were asked for, or one that is empty or too long."""


class DecisionNotUnderstood(Refusal):
    """Not the three lines asked for, or not all the numbers of the band."""


class TallyIncomplete(Refusal):
    """The sheet lacks something, or something on it cannot be."""


class SheetNumberTaken(Refusal):
    """Another sheet of this vote is counted under this number."""


class SheetNumberNotUnderstood(Refusal):
    """It is too long, or holds other signs than letters, digits, spaces, dots and hyphens."""


class NotThisForm(Refusal):
    """The file is not the spreadsheet that was given out for this very thing."""


class FileNotOpened(NotThisForm):
    """The file is broken, or of a kind that is not read."""


class FileTooLarge(Refusal):
    """The file is larger than any that was given out can become."""


class ReadingTooLong(Refusal):
    """Reading the file took longer, or more memory, than any form can take."""


@dataclass(eq=False)
class ShortlistFull(Refusal):
    limit: int


class ShortlistPublished(Refusal):
    """The deciding stage is open or was; its list is frozen."""


class DateNotUnderstood(Refusal):
    """What was typed is not a date."""


class TimeNotAsked(Refusal):
    """A time of day was typed where only a day is asked, and nothing would come of it."""


@dataclass(eq=False)
class DateOutOfRange(Refusal):
    """A vote closes between tomorrow and `at_most_days` days from now."""

    at_most_days: int


class TimeNotUnderstood(Refusal):
    """What was typed is no time of day."""


class DayIsPast(Refusal):
    """A hearing cannot be announced for a moment that has gone by."""


@dataclass(eq=False)
class DayTooFar(Refusal):
    at_most_days: int


@dataclass(eq=False)
class TooManyDocuments(Refusal):
    limit: int


class NotADocument(Refusal):
    """What was sent is neither a file nor a photo."""


class NotAPlace(Refusal):
    """What was sent is no place on the map."""


class PleaseChoose(Refusal):
    """The question is answered with a button."""


class WordsExpected(Refusal):
    """The question is answered in writing; something else was sent."""


class AnnouncementIncomplete(Refusal):
    """The draft lacks its kind, topic, time or place."""


class AlreadyAnnounced(Refusal):
    """The hearing was announced already; it can only be changed."""


class HearingIsOver(Refusal):
    """A hearing that has begun or was cancelled can no longer be changed."""


class NothingChanged(Refusal):
    """The draft of changes is the same as the hearing."""


class NotYourHearing(Refusal):
    """Only those who live in a municipality ask and read at its hearings."""


class HearingCalledOff(Refusal):
    """The hearing will not take place."""


class QuestionsClosed(Refusal):
    """The record of the hearing is public; nothing more can be asked."""


@dataclass(eq=False)
class TooManyQuestions(Refusal):
    """One person's questions and proposals for one hearing."""

    limit: int


class FileExpected(Refusal):
    """Words came where a file or a photo was asked for."""


@dataclass(eq=False)
class HearingNotBegun(Refusal):
    starts_at: datetime


class NumberNotUnderstood(Refusal):
    """What was typed is not a number of people."""


@dataclass(eq=False)
class NumberOutOfRange(Refusal):
    at_most: int


class PresenceMissing(Refusal):
    """A record tells how many women and men were present."""


class ResolutionNotUnderstood(Refusal):
    """Not the three lines by which a council adopts: number, day, chair."""


class OldVersion(Refusal):
    """What is changed begins from the plan in force, or goes on in the draft of the same plan."""


class OtherDraft(Refusal):
    """The one draft there can be is of a plan for other years."""


class SameAsInForce(Refusal):
    """A version that differs in nothing from the one in force."""


class DraftChanged(Refusal):
    """What is adopted must be what was looked at last."""


@dataclass(eq=False)
class TooManyComments(Refusal):
    """One person's opinions on one draft."""

    limit: int


class NotShown(Refusal):
    """The draft of a plan that residents may not read, or not any more."""


class NotReportedDone(Refusal):
    """Only what is said to be done is checked."""


class DaysNotUnderstood(Refusal):
    """Not two days of the year."""
