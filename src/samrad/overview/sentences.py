"""What the log's events are called in the story of an initiative: who did what, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "initiatives.DraftStarted": _("began to describe the need"),
    "initiatives.ContentChanged": _("changed the content"),
    "initiatives.FilesChanged": _("changed the attachments, so the content is another version"),
    "initiatives.StageReached": _("opened it to more readers, since the case came a step further"),
    "initiatives.ResponsiblesSet": _("named those responsible"),
    "initiatives.Involved": _("let %(person)s see the whole initiative"),
    "initiatives.VersionKept": _("kept version %(number)s of the content"),
    "initiatives.PhaseChanged": _("moved the work to another phase"),
    "initiatives.TakenIn": _("took in an initiative that was under way"),
    "initiatives.MarkedReusable": _("said that others can reuse it"),
    "initiatives.AuthorInvited": _("let %(person)s in to write"),
    "initiatives.AuthorRemoved": _("took %(person)s away from those who write"),
    "initiatives.ForwardedToServiceDesk": _("forwarded it to the service desk"),
    "initiatives.TakenBack": _("took it back from the service desk"),
    "initiatives.TakeoverAsked": _("made a mail or a ticket into a draft, and asked %(person)s to take it over"),
    "initiatives.TakeoverAnswered": _("answered whether the draft is theirs"),
    "initiatives.NeedImported": _("brought the need in from another form tool"),
    "initiatives.ReuseUndone": _("took away that others can reuse it"),
    "initiatives.SystemLinked": _("said which system it concerns"),
    "initiatives.SystemUnlinked": _("took away a system it concerned"),
    "initiatives.Copied": _("copied the texts from another initiative"),
    "organisation.FieldsExempted": _("exempted fields from public access"),
    "organisation.ExemptionLifted": _("lifted an exemption from public access"),
    "documents.FileAttached": _("attached a file"),
    "documents.FileRemoved": _("removed a file"),
    "documents.FileRestored": _("put back a file that was removed"),
    "documents.FilesLocked": _("locked the attachments, since they are part of what was sent in"),
    "documents.PaperKept": _("kept a finished document"),
    "anchoring.SentToAnchoring": _("sent the need to anchoring"),
    "anchoring.Asked": _("asked %(person)s for an answer"),
    "anchoring.OpinionGiven": _("gave the expert group's statement"),
    "anchoring.EndorsementAnswered": _("answered as head of sector"),
    "anchoring.AnswerRecorded": _("wrote down an answer on behalf of %(person)s"),
    "anchoring.AnswerContested": _("contested an answer written down on their behalf"),
    "anchoring.Reminded": _("reminded %(person)s to answer"),
    "anchoring.DeadlinePassed": _("noted that the deadline passed without an answer from %(person)s"),
    "anchoring.Heard": _("answered the hearing"),
    "anchoring.AffectedChosen": _("chose which sectors are affected"),
    "anchoring.HearingEnded": _("ended a hearing of one who no longer takes part"),
    "anchoring.PassedOn": _("passed a question on to %(person)s, who has the role now"),
    "anchoring.Escalated": _("took it to the chief executive, %(person)s"),
    "anchoring.ConsentedBySilence": _("took silence for a yes, as the mandate says"),
    "anchoring.InvolvementNoted": _("wrote down who was informed or involved"),
    "anchoring.InvolvementStruck": _("struck out a line about who was involved"),
    "anchoring.SharedWithGuest": _("shared parts of it with someone outside"),
    "anchoring.GuestLinkEnded": _("ended a link for someone outside"),
    "anchoring.GuestCommented": _("got a comment from someone outside"),
    "anchoring.GuestLooked": _("had a visit from someone outside, who opened what was shared"),
    "anchoring.Submitted": _("sent in the need"),
    "cases.CaseOpened": _("opened the case"),
    "cases.CaseSettled": _("was the last to answer: the case is decided"),
    "secretariat.Redirected": _("sent the case elsewhere"),
    "anchoring.Completed": _("added what was missing"),
    "cases.Withdrawn": _("withdrew the case"),
    "cases.Recommended": _("recorded the council's recommendation"),
    "cases.DecisionsAsked": _("asked the municipalities to decide"),
    "cases.SentOn": _("sent the case on to another organ of the municipality"),
    "cases.AtPoliticalLevel": _("left the case with the political bodies"),
    "cases.PassedOnAtHome": _("passed the decision on at home"),
    "cases.CostsPlanned": _("said how the cost is shared and when it may start"),
    "cases.AssignmentGiven": _("gave %(person)s an assignment"),
    "cases.AssignmentAccepted": _("took on the assignment"),
    "cases.AssignmentAnswered": _("answered the assignment"),
    "cases.Turned": _("let the case take another turn"),
    "cases.Decided": _("decided for the municipality"),
    "cases.ConditionSet": _("made %(person)s responsible for a condition"),
    "secretariat.SentToLine": _("sent the case to the head of sector to be decided"),
    "cases.ConditionMet": _("ticked off a condition"),
    "cases.ArchiveRefSet": _("entered the case number"),
    "secretariat.CheckedComplete": _("found the case complete"),
    "secretariat.Returned": _("returned the case with what is missing"),
    "secretariat.RouteChosen": _("confirmed where the case goes"),
    "secretariat.ScoringStarted": _("had the case scored"),
    "secretariat.PlacedInOrder": _("set down that the body places it as number %(place)s in the order"),
    "secretariat.PlacingEnded": _("let it stand where it is counted to in the order"),
    "secretariat.Assessed": _("wrote an assessment"),
    "secretariat.ReviewAsked": _("asked %(person)s for an assessment"),
    "secretariat.ReviewReminded": _("reminded %(person)s of an assessment"),
    "secretariat.ReviewOverdue": _(
        "noted that the deadline for an assessment passed without an answer from %(person)s"
    ),
    "secretariat.ReviewEnded": _("no longer waits for an assessment from %(person)s"),
    "secretariat.OfficerAssigned": _("made %(person)s case officer"),
    "secretariat.WordGiven": _("wrote in the questions and answers"),
    "secretariat.PaperMade": _("made the case paper"),
    "council.PutOnAgenda": _("put the case on an agenda"),
    "council.TakenOffAgenda": _("took the case off the agenda"),
    "secretariat.PaperFrozen": _("kept version %(number)s of the case paper, as the council was sent it"),
    "council.Referred": _("put the decision on the council's agenda as a referral item"),
    "council.UrgentCaseTaken": _("took the case in as an urgent case"),
    "council.UrgentCaseReported": _("put it on the agenda to tell of the urgent case"),
    "council.MinutesCorrected": _("noted a correction to the minutes"),
    "council.Voted": _("wrote down the council's vote"),
    "council.ItemTreated": _("recorded the council's treatment"),
    "council.MinutesApproved": _("approved the minutes"),
    "archive.FilingQueued": _("left a document to be filed"),
    "archive.FilingRetried": _("asked for another try at filing a document"),
    "archive.Filed": _("filed a document"),
    "archive.FilingFailed": _("could not file a document; it will be tried again"),
    "portfolio.ProjectImported": _("brought the project in from a spreadsheet"),
    "portfolio.ProjectEntered": _("entered the project in the portfolio"),
    "portfolio.ProjectStaffed": _("named the project's people and dates"),
    "portfolio.GateAnswered": _("filled in the check list of gate %(gate)s"),
    "portfolio.GateSent": _("sent gate %(gate)s to the body"),
    "portfolio.GateDecided": _("decided at gate %(gate)s"),
    "portfolio.MoneyKept": _("wrote down the project's money"),
    "portfolio.StatusReported": _("reported status"),
}
TURNED: dict[str, Promise] = {
    "stopped": _("stopped the case"),
    "paused": _("paused the case"),
    "resumed": _("took the case up again"),
    "merged": _("merged the case with another"),
    "reopened": _("opened the case anew"),
}
# What opens doors, keeps versions and files papers: it follows from what someone did, and is told when one asks for all.
TECHNICAL = frozenset(
    {
        "initiatives.FilesChanged",
        "initiatives.StageReached",
        "initiatives.Involved",
        "documents.FilesLocked",
        "documents.PaperKept",
        "anchoring.Asked",
        "anchoring.GuestLooked",
        "archive.FilingQueued",
        "archive.FilingRetried",
    }
)


def sentence(kind: str, data: Mapping[str, Any], names: Mapping[int, str]) -> str:
    """The sentence for an event; empty for one that is of no interest to a reader."""
    text = TURNED.get(data.get("turn", ""), SENTENCES.get(kind))
    if text is None:
        return ""
    person = names.get(data.get("person_id") or 0, "–")
    return str(text) % {"number": "", "place": "", **data, "person": person}
