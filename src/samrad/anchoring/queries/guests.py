"""External stakeholders, and what has been shared with each: the signed link, and exactly the chosen parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core import signing
from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from samrad.anchoring.models import GuestComment, GuestPass, Stakeholder
from samrad.anchoring.queries.content import Line, content_lines
from samrad.cases.queries import current_case
from samrad.cases.workflow import STATES
from samrad.core.acting import acting_for
from samrad.eventlog.models import Event
from samrad.initiatives.models import Initiative
from samrad.initiatives.queries import snapshot
from samrad.organisation.actors import Actor, entities_of, system_actor
from samrad.organisation.queries import exempt_groups

SALT = "samrad.anchoring.guest"
# What changes the words and figures that can be shared.
WRITTEN = ("initiatives.DraftStarted", "initiatives.NeedImported", "initiatives.TakenIn", "initiatives.ContentChanged")
OPEN_GROUPS = {"need": "need", "benefits": "benefits", "costs": "costs"}


def stakeholders_visible_to(actor: Actor) -> QuerySet[Stakeholder]:
    """The register of one's own houses."""
    if not actor.is_person:
        return Stakeholder.objects.none()
    rows = Stakeholder.objects.filter(removed_at__isnull=True, owner_id__in=actor.entities)
    return rows.annotate(shared=Count("passes", distinct=True)).order_by("organisation", "name", "pk")


def stakeholders_found(rows: QuerySet[Stakeholder], text: str) -> QuerySet[Stakeholder]:
    """Those whose name, organisation or address holds each word."""
    for word in text.replace("\0", "").split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(organisation__icontains=word) | Q(email__icontains=word))
    return rows


def guest_path(given: GuestPass) -> str:
    """The address of a guest's link: signed with the installation's key, so that the database alone opens nothing."""
    token = signing.dumps({"pass": given.pk, "house": given.owner_id}, salt=SALT)
    return reverse("anchoring:guest_page", args=[token])


@dataclass(frozen=True)
class PassLine:
    """One link that was given: whom to, what it opens, how often it was opened, and what was answered."""

    given: GuestPass
    parts: list[str]
    open: bool
    path: str
    opened: int
    comments: list[GuestComment]


def passes_of(initiative: Initiative, *, on: date) -> list[PassLine]:
    """What has been shared of an initiative, newest first."""
    rows = GuestPass.objects.filter(initiative=initiative).select_related("stakeholder", "made_by")
    given = list(rows.prefetch_related("comments"))
    looked = Event.objects.filter(initiative_id=initiative.pk, kind="anchoring.GuestLooked").order_by()
    times = dict(looked.values_list("data__guest_pass_id").annotate(times=Count("pk")))
    return [
        PassLine(
            one,
            [str(GuestPass.Part(part).label) for part in one.parts],
            one.open_on(on),
            guest_path(one) if one.open_on(on) else "",
            times.get(one.pk, 0),
            list(one.comments.all()),
        )
        for one in given
    ]


@dataclass(frozen=True)
class Shared:
    """What a guest sees: exactly the chosen parts, never what is exempt."""

    given: GuestPass
    by: Actor
    title: str
    lines: list[Line]
    state: str
    comments: list[GuestComment]
    changed_at: datetime | None  # when what is written in the need was last changed

    @property
    def changed_since(self) -> bool:
        """Has the need been changed after it was shared?"""
        return self.changed_at is not None and self.changed_at > self.given.made_at


def comments_on(given: GuestPass, day: date) -> int:
    """How many comments a link has left on a day."""
    return given.comments.filter(written_at__date=day).count()


def shared_by(token: str, *, on: date) -> Shared | None:
    """What a guest's link opens today; nothing where it has ended, is revoked, or is no link of ours."""
    try:
        said = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    with acting_for(entities_of(said["house"], on=on)):
        rows = GuestPass.objects.select_related("initiative__owner", "stakeholder", "made_by")
        given = rows.filter(pk=said["pass"]).first()
        if given is None or not given.open_on(on) or given.stakeholder.removed_at is not None:
            return None
        return _shared(given, on=on)


def _shared(given: GuestPass, *, on: date) -> Shared:
    exempt = exempt_groups([given.initiative_id], on=on).get(given.initiative_id, {})
    open_now = {part for part in given.parts if part in OPEN_GROUPS and part not in exempt}
    lines = [line for line in content_lines(snapshot(given.initiative)) if line.group in open_now]
    case = current_case(given.initiative) if "state" in given.parts else None
    return Shared(
        given,
        system_actor(given.owner_id, on=on),
        given.initiative.title if "need" not in exempt else given.initiative.reference,
        lines,
        str(STATES.get(case.state, "")) if case else "",
        list(given.comments.all()) if given.may_comment else [],
        Event.objects.filter(initiative_id=given.initiative_id, kind__in=WRITTEN).aggregate(last=Max("at"))["last"],
    )
