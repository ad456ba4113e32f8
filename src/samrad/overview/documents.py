"""The papers of an initiative that are pages of their own: the case paper and the minutes of the meetings that treated it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.cases.models import Case
from samrad.council.models import Meeting
from samrad.initiatives.queries import Readable
from samrad.organisation.actors import Actor
from samrad.secretariat.models import CasePaper
from samrad.secretariat.policy import can_read_paper


@dataclass(frozen=True)
class Paper:
    """A link to a paper, with the day it is from."""

    label: str
    url: str
    at: datetime | None


def papers_told() -> dict[str, Any]:
    """What a query for a case must also ask, for `papers_in` to know its papers."""
    treated = Meeting.objects.filter(items__case=OuterRef("pk"), state=Meeting.State.APPROVED).order_by("starts_at")
    return {
        "has_paper": Exists(CasePaper.objects.filter(case=OuterRef("pk"))),
        "minutes": ArraySubquery(treated.values(told=JSONObject(pk="pk", body="body__name", at="starts_at"))),
    }


def papers_in(actor: Actor, case: Case | None, content: Readable) -> list[Paper]:
    """The case paper and the approved minutes, as far as the actor may read them."""
    if case is None:
        return []
    found = []
    told_of: Any = case  # with what `papers_told` asked
    if told_of.has_paper and can_read_paper(actor, case, sight=content.sight).allowed:
        found.append(Paper(_("Case paper"), reverse("secretariat:paper_detail", args=[case.pk]), None))
    for told in told_of.minutes:
        label = _("Minutes, %(body)s") % {"body": told["body"]}
        url = reverse("council:minutes_detail", args=[told["pk"]])
        found.append(Paper(label, url, datetime.fromisoformat(told["at"])))
    return found
