"""Buttons stay clickable for years: a class that was shipped packs to the same string for ever.

To change a button, add a new class and leave the old one; then add its line here.
"""

import inspect
import pkgutil
from importlib import import_module

from aiogram.filters.callback_data import CallbackData

import bot
from bot.domain.dispute import DisputeReason
from bot.domain.hearing import Decision, HearingKind, QuestionKind, Rule
from bot.domain.hearing_draft import Step as HearingStep
from bot.domain.moderation import Line
from bot.domain.notices import NoticeTopic
from bot.domain.plan import DocumentKind, MeasureStatus, Part
from bot.domain.problem import DeclineReason, HideReason, ProblemStatus, Step
from bot.domain.question import QuestionHideReason, QuestionState
from bot.domain.silence import SilenceReason
from bot.features.hearings.announcing import callbacks as announcing
from bot.features.hearings.delivery_report import callbacks as dispatch
from bot.features.hearings.minutes import callbacks as minutes_buttons
from bot.features.hearings.notices import callbacks as hearings
from bot.features.hearings.officer_home import callbacks as office
from bot.features.hearings.questions import callbacks as questions
from bot.features.plan.documents import callbacks as documents
from bot.features.plan.drafting import callbacks as planning
from bot.features.plan.guide import callbacks as learning
from bot.features.plan.problem_links import callbacks as answers
from bot.features.plan.progress import callbacks as progress
from bot.features.plan.reading import callbacks as plan
from bot.features.problems.audit_log import callbacks as history
from bot.features.problems.author_questions import callbacks as inquiries
from bot.features.problems.desk import callbacks as moderation
from bot.features.problems.editing import callbacks as wording
from bot.features.problems.merging import callbacks as merging
from bot.features.problems.outcomes import callbacks as outcomes
from bot.features.problems.printouts import callbacks as papers
from bot.features.problems.reporting import callbacks as problems
from bot.features.residents.erasure import callbacks as forgetting
from bot.features.residents.first_visit import callbacks as start
from bot.features.residents.invitations import callbacks as roles
from bot.features.residents.settings import callbacks as preferences, callbacks as settings_buttons
from bot.features.votes.ballot import callbacks as voting
from bot.features.votes.disputes import callbacks as disputes
from bot.features.votes.paper_votes import callbacks as gatherings
from bot.features.votes.population import callbacks as population
from bot.features.votes.ranking_files import callbacks as ranking
from bot.features.votes.results import callbacks as results
from bot.features.votes.rounds import callbacks as round_buttons
from bot.features.votes.shortlist import callbacks as shortlist_buttons
from bot.features.votes.tie_breaks import callbacks as ties
from bot.features.votes.voter_villages import callbacks as voters
from bot.telegram import navigation

SHIPPED: dict[str, CallbackData] = {
    "home": navigation.GoHome(),
    "lang:ky": settings_buttons.ChooseLanguage(code="ky"),
    "obls": start.ListOblasts(),
    "dists:Ош": start.ListDistricts(oblast="Ош"),
    "muns:Өзгөн": start.ListMunicipalities(district="Өзгөн"),
    "mun:9": start.ChooseMunicipality(municipality_id=9),
    "move:9": start.MoveToMunicipality(municipality_id=9),
    "vils:1": start.ListVillages(page=1),
    "vil:48": start.ChooseVillage(village_id=48),
    "agree": start.Agree(),
    "set": preferences.OpenSettings(),
    "rep": problems.StartReport(),
    "step:village": problems.GoToStep(step=Step.VILLAGE),
    "edit:text": problems.EditLine(step=Step.TEXT),
    "skip:media": problems.SkipStep(step=Step.MEDIA),
    "dvils:0": problems.ListDraftVillages(page=0),
    "dvil:48": problems.SetDraftVillage(village_id=48),
    "dtops:1": problems.ListDraftTopics(page=1),
    "dtop:0": problems.SetDraftTopic(topic_id=0),
    "dwho:children": problems.SetDraftWho(group="children"),
    "datt:7:12": problems.DropAttachment(draft_id=7, source=12),
    "dvoice:7:1": problems.SetVoicePublic(draft_id=7, on=True),
    "dpers:7": problems.DropPersonal(draft_id=7),
    "dpersok:7": problems.KeepPersonal(draft_id=7),
    "dnomedia:7": problems.ClearAttachments(draft_id=7),
    "dkeep:7": problems.KeepPlace(draft_id=7),
    "dplace:7": problems.DropPlace(draft_id=7),
    "send:7": problems.SendReport(draft_id=7),
    "leave": problems.LeaveReport(),
    "drop:7": problems.DropReport(draft_id=7),
    "offer:7": problems.FileOffered(draft_id=7),
    "nooffer:7": problems.DeclineOffered(draft_id=7),
    "offered": problems.ShowOffered(),
    "mine:0": problems.ListMyProblems(page=0),
    "my:12:0": problems.ShowMyProblem(problem_id=12, page=0),
    "all:48:4:0": problems.BrowseProblems(village_id=48, topic_id=4, page=0),
    "allvil:4:0": problems.ListBrowseVillages(topic_id=4, page=0),
    "alltop:48:0": problems.ListBrowseTopics(village_id=48, page=0),
    "find": problems.SearchProblems(),
    "prob:12:48:4:0": problems.ShowProblem(problem_id=12, village_id=48, topic_id=4, page=0),
    "media:12": problems.ShowAttachments(problem_id=12),
    "desk": moderation.OpenDesk(),
    "deskm:9": moderation.OpenDeskOf(municipality_id=9),
    "queue:9:12": moderation.ShowNextReport(municipality_id=9, after=12),
    "pub:12": moderation.PublishProblem(problem_id=12),
    "decl:12": moderation.AskReason(problem_id=12),
    "declr:12:unclear": moderation.DeclineProblem(problem_id=12, reason=DeclineReason.UNCLEAR),
    "declo:12": moderation.AskOwnReason(problem_id=12),
    "report:12": moderation.ShowReport(problem_id=12),
    "dprob:12": moderation.ShowDeskProblem(problem_id=12),
    "dtake:12": moderation.TakeProblem(problem_id=12),
    "dnarr:9:48:0": moderation.NarrowQueue(municipality_id=9, village_id=48, topic_id=0),
    "dvill:9:0": moderation.ListWaitingVillages(municipality_id=9, page=0),
    "dtopl:9:0": moderation.ListWaitingTopics(municipality_id=9, page=0),
    "dlist:9:0": moderation.ListDeskProblems(municipality_id=9, page=0),
    "dfind:9": moderation.FindDeskProblem(municipality_id=9),
    "dmore:12": moderation.ShowMore(problem_id=12),
    "dundo:12:published": moderation.UndoVerdict(problem_id=12, status=ProblemStatus.PUBLISHED),
    "hask:12": moderation.AskWhyHide(problem_id=12),
    "hide:12:personal": moderation.HideProblem(problem_id=12, reason=HideReason.PERSONAL_DATA),
    "hown:12": moderation.AskOwnWhyHide(problem_id=12),
    "hshow:12": moderation.ShowAgain(problem_id=12),
    "dhid:9:0": moderation.ListHidden(municipality_id=9, page=0),
    "dmed:12": moderation.ListMedia(problem_id=12),
    "dmsee:12:4": moderation.SeeMedia(problem_id=12, attachment_id=4),
    "dmdel:12:4": moderation.RemoveMedia(problem_id=12, attachment_id=4),
    "dbulk:9:0": moderation.ListToMark(municipality_id=9, page=0),
    "dmark:12:0:1": moderation.MarkReport(problem_id=12, page=0, on=True),
    "dunmark:9": moderation.ClearMarks(municipality_id=9),
    "dbwhy:9": moderation.AskWhyMarked(municipality_id=9),
    "dbsure:9:unclear": moderation.AskSureMarked(municipality_id=9, reason=DeclineReason.UNCLEAR),
    "dbgo:9:unclear:4294967295": moderation.DeclineMarked(
        municipality_id=9, reason=DeclineReason.UNCLEAR, marks=4294967295
    ),
    "mutask:12": moderation.AskWhyMute(problem_id=12),
    "mutwhy:12:spam": moderation.AskHowLong(problem_id=12, why=SilenceReason.SPAM),
    "mutgo:12:spam:30": moderation.MuteAuthor(problem_id=12, why=SilenceReason.SPAM, days=30),
    "mutlift:12": moderation.LiftSilence(problem_id=12),
    "pcut:12": wording.AskRedaction(problem_id=12),
    "pcutall:12": wording.RedactFound(problem_id=12),
    "mopen:12": merging.OpenMerge(problem_id=12),
    "mtype:12": merging.TypeTarget(problem_id=12),
    "mpick:12:7": merging.CompareProblems(problem_id=12, into_id=7),
    "mjoin:12:7": merging.MergeProblem(problem_id=12, into_id=7),
    "msplit:12": merging.SplitProblem(problem_id=12),
    "mlist:12:0": merging.ListMerged(problem_id=12, page=0),
    "oopen:12": outcomes.OpenOutcomes(problem_id=12),
    "oset:12:done": outcomes.WriteOutcome(problem_id=12, status=ProblemStatus.DONE),
    "ogo:12:done": outcomes.SetOutcome(problem_id=12, status=ProblemStatus.DONE),
    "solved:12:1": outcomes.AnswerSolved(problem_id=12, solved=True),
    "unsolv:12": outcomes.ReopenProblem(problem_id=12),
    "dopen:9:0": moderation.ListReopened(municipality_id=9, page=0),
    "sims": problems.ListSimilar(),
    "sim:12": problems.SeeSimilar(problem_id=12),
    "simyes:7:12": problems.SupportInstead(draft_id=7, problem_id=12),
    "simwait:7:12": problems.SupportWaiting(draft_id=7, problem_id=12),
    "too:12:1": problems.SetSupport(problem_id=12, on=True),
    "toos:0": problems.ListSupported(page=0),
    "pedit:12": wording.EditProblem(problem_id=12),
    "pline:12:causes": wording.WriteLine(problem_id=12, line=Line.CAUSES),
    "plang:12:ky": wording.SetWordingLanguage(problem_id=12, language="ky"),
    "pchvil:12:0": wording.ChangeVillage(problem_id=12, page=0),
    "pvil:12:48": wording.SetProblemVillage(problem_id=12, village_id=48),
    "ptops:12:0": wording.ChangeTopic(problem_id=12, page=0),
    "ptop:12:4": wording.SetProblemTopic(problem_id=12, topic_id=4),
    "pout:12:1": wording.SetCompetence(problem_id=12, outside=True),
    "porig:12": wording.ShowOriginal(problem_id=12),
    "qmedia:12": moderation.ShowReportMedia(problem_id=12),
    "iask:12": inquiries.AskAuthor(problem_id=12),
    "iback:7": inquiries.TakeBackInquiry(inquiry_id=7),
    "imedia:12": inquiries.ShowAnswerMedia(problem_id=12),
    "ians:7": inquiries.AnswerInquiry(inquiry_id=7),
    "vote:3": voting.OpenBallot(round_id=3),
    "vpage:3:1": voting.TurnBallot(round_id=3, page=1),
    "cast:3:12:1:1": voting.CastVote(round_id=3, problem_id=12, page=1, on=True),
    "vdone:3": voting.FinishBallot(round_id=3),
    "vplan:9": round_buttons.PlanVote(municipality_id=9),
    "vday:9:20261225": round_buttons.SetClosingDay(municipality_id=9, day=20261225),
    "vopen:9:20261225": round_buttons.OpenVote(municipality_id=9, day=20261225),
    "turnout:3": round_buttons.ShowTurnout(round_id=3),
    "vask:3": round_buttons.AskToClose(round_id=3),
    "vclose:3": round_buttons.CloseVote(round_id=3),
    "vread:3:12:1": voting.ShowCandidate(round_id=3, problem_id=12, page=1),
    "vcode:3": voting.ShowCode(round_id=3),
    "me:3": voting.AskAboutMe(round_id=3),
    "mesex:3:woman": voting.TellSex(round_id=3, sex="woman"),
    "meage:3:under35": voting.TellAge(round_id=3, age_group="under35"),
    "vpubask:3": round_buttons.AskToPublish(round_id=3),
    "vpub:3": round_buttons.PublishResult(round_id=3),
    "slist:3:0": shortlist_buttons.OpenShortlist(round_id=3, page=0),
    "sput:3:12:0:1": shortlist_buttons.SetShortlisted(round_id=3, problem_id=12, page=0, on=True),
    "swhy:3": shortlist_buttons.AskWhyLeftOut(round_id=3),
    "susual:3": shortlist_buttons.UseUsualReason(round_id=3),
    "splan:3": shortlist_buttons.PlanDeciding(round_id=3),
    "sday:3:20261225": shortlist_buttons.SetDecidingDay(round_id=3, day=20261225),
    "sopen:3:20261225": shortlist_buttons.OpenDeciding(round_id=3, day=20261225),
    "res:3": results.ShowResult(round_id=3),
    "reslist:3:1": results.ListResult(round_id=3, page=1),
    "respic:3": results.SendResultPictures(round_id=3),
    "reshow:3": results.ShowHowCounted(round_id=3),
    "rescodes:3": results.SendCodes(round_id=3),
    "voters:3": voters.ListVoterVillages(round_id=3),
    "ties:3:1": ties.ListTies(round_id=3, page=1),
    "tie:3:2": ties.DecideTie(round_id=3, first=2),
    "popul:9": population.OpenPopulation(municipality_id=9),
    "popform:9": population.GetPopulationForm(municipality_id=9),
    "voterp:3:1": voters.TurnVoterVillages(round_id=3, page=1),
    "votin:3:4:1": voters.ListVoters(round_id=3, village_id=4, page=1),
    "votch:5:1": voters.ChangeVoterVillage(ballot_id=5, page=1),
    "votset:5:4": voters.SetVoterVillage(ballot_id=5, village_id=4),
    "anom:3": voters.ShowAnomalies(round_id=3),
    "dspt:3": disputes.OpenDispute(round_id=3),
    "dsptyes:3:recount": disputes.DisputeResult(round_id=3, reason=DisputeReason.RECOUNT),
    "dsptask:3": disputes.AskToEndDispute(round_id=3),
    "dsptend:3": disputes.EndDispute(round_id=3),
    "export:3": ranking.ExportRanking(round_id=3),
    "gath:3": gatherings.ListGatherings(round_id=3),
    "gathp:3:1": gatherings.TurnGatherings(round_id=3, page=1),
    "gathsee:4": gatherings.ShowGathering(gathering_id=4),
    "gathpic:4": gatherings.ShowSheetPhoto(gathering_id=4),
    "gathback:4": gatherings.AskToTakeBack(gathering_id=4),
    "gathnew:3": gatherings.EnterSheet(round_id=3),
    "gathstep:5:num": gatherings.GoToSheetStep(draft_id=5, step=gatherings.Step.NUMBERS),
    "gathshow:5": gatherings.ShowSheet(draft_id=5),
    "gathedit:5": gatherings.EditSheet(draft_id=5),
    "gathvils:5:1": gatherings.ListSheetVillages(draft_id=5, page=1),
    "gathset:5:day:20261120": gatherings.SetOnSheet(draft_id=5, step=gatherings.Step.DAY, value="20261120"),
    "gathsave:5": gatherings.SaveSheet(draft_id=5),
    "gathdrop:5": gatherings.DropSheet(draft_id=5),
    "gathform:3": gatherings.GetSheetForm(round_id=3),
    "gathfile:3": gatherings.SendSheetForm(round_id=3),
    "gathboth:5": gatherings.CountAlikeSheet(draft_id=5),
    "gathsure:3": gatherings.SendAlikeSheets(round_id=3),
    "gathkit:3": gatherings.PrintKit(round_id=3),
    "rankfile:3:xlsx": ranking.MakeRankingFile(round_id=3, form=ranking.Form.SPREADSHEET),
    "fgt": forgetting.AskToForget(),
    "fgtask": forgetting.ConfirmForgetting(),
    "fgtyes:1790000000000": forgetting.ForgetMe(since=1_790_000_000_000),
    "hist:12:0": history.ShowHistory(problem_id=12, page=0),
    "histm:9:0": history.ShowWholeHistory(municipality_id=9, page=0),
    "histe:7:1:0": history.ShowEntry(entry_id=7, of_problem=True, page=0),
    "ntcs": navigation.ChooseNotices(),
    "ntcset": preferences.OpenNotices(),
    "ntc:hearings:0": preferences.SetNotice(topic=NoticeTopic.HEARINGS, on=False),
    "off": office.OpenOffice(),
    "offof:9": office.OpenOfficeOf(municipality_id=9),
    "ohear:7": office.OpenOfficeHearing(hearing_id=7),
    "offpast:9:0": office.ListPastHearings(municipality_id=9, page=0),
    "chats:9": office.ListChats(municipality_id=9),
    "chatnew:9": office.MakeChatCode(municipality_id=9),
    "chat:5": office.OpenChat(chat_id=5),
    "chatoff:5": office.UnlinkChat(chat_id=5),
    "rules:9": office.OpenRules(municipality_id=9),
    "ruleq:9:first": office.AskRule(municipality_id=9, rule=Rule.FIRST_REMINDER),
    "rule:9:notice:10": office.SetRule(municipality_id=9, rule=Rule.NOTICE_DAYS, value=10),
    "rule:9:asked:1": office.SetRule(municipality_id=9, rule=Rule.QUESTIONS, value=1),
    "ann:9": announcing.StartAnnouncement(municipality_id=9),
    "anngo:7": announcing.ContinueAnnouncement(hearing_id=7),
    "hchg:7": announcing.ChangeHearing(hearing_id=7),
    "hcanq:7": announcing.AskToCancelHearing(hearing_id=7),
    "hcannr:7": announcing.SkipReason(hearing_id=7),
    "hcan:7": announcing.CancelHearing(hearing_id=7),
    "hline:7:topic": announcing.GoToLine(hearing_id=7, step=HearingStep.TOPIC),
    "hskip:7:agenda": announcing.SkipLine(hearing_id=7, step=HearingStep.AGENDA),
    "hkind:7:draft_budget": announcing.SetHearingKind(hearing_id=7, kind=HearingKind.DRAFT_BUDGET),
    "hmon:7:202611": announcing.TurnMonth(hearing_id=7, month=202611),
    "hday:7:20261125": announcing.SetHearingDay(hearing_id=7, day=20261125),
    "htime:7:840": announcing.SetHearingTime(hearing_id=7, at=840),
    "hlast:7:place": announcing.UseLast(hearing_id=7, step=HearingStep.PLACE),
    "hdocx:7": announcing.DropDocuments(hearing_id=7),
    "hvils:7:0": announcing.ListInvited(hearing_id=7, page=0),
    "hvil:7:48:0:1": announcing.InviteVillage(hearing_id=7, village_id=48, page=0, on=True),
    "hall:7": announcing.InviteAll(hearing_id=7),
    "hprev:7:ky": announcing.PreviewIn(hearing_id=7, language="ky"),
    "hlines:7:0": announcing.ListLines(hearing_id=7, page=0),
    "hgo:7": announcing.AnnounceHearing(hearing_id=7),
    "hchgok:7:1": announcing.ConfirmChanges(hearing_id=7, tell=True),
    "hdropq:7": announcing.AskToDiscard(hearing_id=7),
    "hdrop:7": announcing.DiscardDraft(hearing_id=7),
    "hear:7": hearings.OpenHearing(hearing_id=7),
    "hears:0": hearings.ListHearings(page=0),
    "hread:7:1790000000": hearings.MarkRead(hearing_id=7, starts=1790000000),
    "hcome:7:1790000000:1": hearings.AnswerHearing(hearing_id=7, starts=1790000000, coming=True),
    "hcal:7": hearings.AddToCalendar(hearing_id=7),
    "hmap:7": hearings.ShowOnMap(hearing_id=7),
    "hdocs:7": hearings.ShowDocuments(hearing_id=7),
    "qask:7": questions.AskQuestion(hearing_id=7),
    "qkind:7:proposal": questions.SetQuestionKind(draft_id=7, kind=QuestionKind.PROPOSAL),
    "qedit:7": questions.RewriteQuestion(draft_id=7),
    "qname:7": questions.AskName(draft_id=7),
    "qanon:7": questions.LeaveUnsigned(draft_id=7),
    "qtype:7": questions.TypeName(draft_id=7),
    "qsend:7": questions.SendQuestion(draft_id=7),
    "qdrop:7": questions.DropQuestion(draft_id=7),
    "qmine:7:0": questions.ListMyQuestions(hearing_id=7, page=0),
    "qshow:7:0:1": questions.ShowQuestion(question_id=7, page=0, mine=True),
    "qcard:7": questions.OpenQuestion(question_id=7),
    "qnext:7:12": questions.ShowNextQuestion(hearing_id=7, after=12),
    "qans:7:0": questions.AnswerQuestion(question_id=7, anew=False),
    "qredo:7": questions.DecideAnew(question_id=7),
    "qdec:7:partly:0": questions.DecideProposal(question_id=7, decision=Decision.PARTLY, anew=False),
    "qacc:7:1": questions.AcceptWithoutWords(question_id=7, anew=True),
    "qtell:7:1790000000": questions.TellCorrection(question_id=7, at=1_790_000_000),
    "qhide:7:1": questions.HideQuestion(question_id=7, on=True),
    "qwait:7:12": questions.ShowNextWaiting(hearing_id=7, after=12),
    "qset:7:shown:waiting:1": questions.SetQuestionState(
        question_id=7, state=QuestionState.SHOWN, was=QuestionState.WAITING, version=1
    ),
    "qwhy:7:off_topic:2": questions.TellWhyHidden(
        question_id=7, reason=QuestionHideReason.OFF_TOPIC, version=2
    ),
    "qprint:7": questions.PrintQuestions(hearing_id=7),
    "qlist:7:0": questions.ListQuestions(hearing_id=7, page=0),
    "qopen:7:0": questions.ListUnanswered(hearing_id=7, page=0),
    "hrec:7": minutes_buttons.EditRecord(hearing_id=7),
    "hrecw:7": minutes_buttons.AskPresentWomen(hearing_id=7),
    "hrecn:7": minutes_buttons.AskPresentMen(hearing_id=7),
    "hrecm:7": minutes_buttons.AskMinutes(hearing_id=7),
    "hrech:7": minutes_buttons.AddFromHall(hearing_id=7),
    "hrecq:7": minutes_buttons.AskToSendRecord(hearing_id=7),
    "hrecok:7": minutes_buttons.SendRecord(hearing_id=7),
    "hrect:7:1790000000": minutes_buttons.TellRecordCorrection(hearing_id=7, at=1_790_000_000),
    "hrecf:7": minutes_buttons.ShowMinutes(hearing_id=7),
    "hrecs:7": minutes_buttons.ShowRecord(hearing_id=7),
    "disp:7": dispatch.ShowDispatch(hearing_id=7),
    "hpost:7": dispatch.MakePoster(hearing_id=7),
    "dispx:7:pdf": dispatch.ExportDispatch(hearing_id=7, form=dispatch.Form.PDF),
    "stopq:7": dispatch.AskToStop(broadcast_id=7),
    "stopb:7": dispatch.StopBroadcast(broadcast_id=7),
    "papers:9": papers.OpenPapers(municipality_id=9),
    "pvils:9:0": papers.ListPosterVillages(municipality_id=9, page=0),
    "pposter:9:48": papers.PrintPoster(municipality_id=9, village_id=48),
    "plist:9": papers.ExportProblems(municipality_id=9),
    "plan": plan.OpenPlan(),
    "planof:9": plan.OpenPlanOf(version_id=9),
    "plmore:9": plan.OpenPlanPapers(version_id=9),
    "pldir:9": plan.ListDirections(version_id=9),
    "plvil:9:9": plan.ListPlanVillages(version_id=9, page=9),
    "plms:9:d:9:9": plan.ListMeasures(version_id=9, view=plan.View.DIRECTION, key=9, page=9),
    "plfind:9": plan.SearchPlan(version_id=9),
    "plitem:9": plan.ShowPlanItem(item_id=9),
    "meas:9": plan.ShowMeasure(measure_id=9),
    "measfol:9:1": plan.FollowMeasure(measure_id=9, on=True),
    "measpic:9": plan.SendMeasurePhotos(measure_id=9),
    "plcom:9": plan.CommentItem(item_id=9),
    "plpic:9": plan.SendPlanPictures(version_id=9),
    "plpdf:9": plan.SendPlanPaper(version_id=9),
    "pldata:9": plan.SendPlanData(version_id=9),
    "plscan:9": plan.SendResolution(version_id=9),
    "plvers:9": plan.ListVersions(municipality_id=9),
    "plnew:9:9": plan.ShowChanges(version_id=9, page=9),
    "planng:9": planning.OpenPlanning(municipality_id=9),
    "plform:9": planning.GetPlanForm(municipality_id=9),
    "plfile:9": planning.AwaitPlanFile(municipality_id=9),
    "pldraft:9": planning.OpenPlanDraft(version_id=9),
    "pldropq:9": planning.AskToDropPlanDraft(version_id=9),
    "pldrop:9": planning.DropPlanDraft(version_id=9),
    "plshow:9:1": planning.ShowForDiscussion(version_id=9, on=True),
    "plcoms:9:9": planning.ListComments(version_id=9, page=9),
    "pladopt:9": planning.StartAdopting(version_id=9),
    "plnoscan:9": planning.SkipScan(version_id=9),
    "pladone:9": planning.AdoptPlan(version_id=9),
    "pledit:9": planning.EditMeasure(item_id=9),
    "plpart:9:direction": planning.AskPart(item_id=9, part=Part.DIRECTION),
    "plmany:9": planning.AddOrRemove(item_id=9),
    "pladd:9": planning.AskNewMeasure(item_id=9),
    "plremq:9": planning.AskToRemoveMeasure(item_id=9),
    "plrem:9": planning.RemoveMeasure(item_id=9),
    "unans:9:9": answers.ListUnansweredProblems(municipality_id=9, page=9),
    "ans:9": answers.OpenAnswer(problem_id=9),
    "ansmeas:9:9": answers.ChooseMeasure(problem_id=9, page=9),
    "anslink:9:9": answers.LinkMeasure(problem_id=9, measure_id=9),
    "ansnot:9": answers.WriteWhyNot(problem_id=9),
    "prog:9:9": progress.AskProgress(municipality_id=9, after=9),
    "progone:9": progress.OpenProgress(measure_id=9),
    "progset:9:doing": progress.SayProgress(measure_id=9, status=MeasureStatus.DOING),
    "progadd:9": progress.AddToReport(measure_id=9),
    "chk:9:9": progress.ListUnchecked(municipality_id=9, page=9),
    "chkopen:9": progress.OpenCheck(measure_id=9),
    "chkset:9:1": progress.SayCheck(measure_id=9, agrees=True),
    "docs": documents.OpenDocuments(),
    "docget:9": documents.SendDocument(document_id=9),
    "docfol:1": documents.FollowDocuments(on=True),
    "docdesk:9": documents.OpenDocumentDesk(municipality_id=9),
    "docask:9:programme": documents.AskDocument(municipality_id=9, kind=DocumentKind.PROGRAMME),
    "learn:9": learning.OpenLesson(card=9),
    "roles:9:0": roles.ListHolders(municipality_id=9, page=0),
    "roleq:3": roles.AskToWithdraw(grant_id=3),
    "roleoff:3": roles.WithdrawRole(grant_id=3),
    "cal:9": learning.EditCalendar(municipality_id=9),
    "calask:9:9": learning.AskDays(municipality_id=9, step=9),
    "calusual:9:9": learning.ResetDays(municipality_id=9, step=9),
}


def callback_classes() -> set[type[CallbackData]]:
    """Every button class of every feature."""
    modules = [each.name for each in pkgutil.walk_packages(bot.__path__, "bot.")]
    return {
        member
        for name in modules
        if name.endswith((".callbacks", ".navigation"))
        for _name, member in inspect.getmembers(import_module(name), inspect.isclass)
        if issubclass(member, CallbackData) and member is not CallbackData
    }


def test_every_button_packs_to_the_string_it_was_shipped_with() -> None:
    assert {packed: callback.pack() for packed, callback in SHIPPED.items()} == {
        packed: packed for packed in SHIPPED
    }


def test_every_button_class_is_pinned() -> None:
    assert {type(callback) for callback in SHIPPED.values()} == callback_classes()


def test_no_two_buttons_share_a_prefix() -> None:
    prefixes = [callback.__prefix__ for callback in callback_classes()]
    assert len(prefixes) == len(set(prefixes))


def test_every_shipped_string_is_understood_again() -> None:
    for packed, callback in SHIPPED.items():
        assert type(callback).unpack(packed) == callback
