"""What the region governs by, for the doors to it: one of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from samrad.core.acting import acting_for
from samrad.governance import actions as governance
from samrad.governance.models import Mandate, Seat
from samrad.governance.queries import MANDATE_PEOPLE
from samrad.organisation.actors import system_actor
from tests.anchoring.line import AT, ON, Line


def govern(line: Line, made: dict[str, Any]) -> None:
    """A coordinator, an arena, a rule and a requirement that the chief financial officer owns."""
    region = line.entities["region"]
    with acting_for([e.pk for e in line.entities.values()]):
        said: dict[str, Any] = {"by": system_actor(region.pk, on=ON), "at": AT, "owner": region}
        made["council"] = line.council
        mandates = list(Mandate.objects.filter(body=line.council).order_by("version"))
        made["mandate_before"], made["mandate"] = mandates[0], mandates[-1]
        made["mandate_waiting"] = _waiting(line, said)
        made["seat"] = Seat.objects.get(body=line.council, person=line.people["council_member"])
        made["coordinator_row"] = governance.keep_coordinator(
            **said,
            shares={},
            person=line.people["employee"],
            origin="ict",
            reserved_percent=20,
            authority="Kan love 20 timer.",
            valid_from=ON,
        )
        made["arena"] = governance.keep_arena(**said, name="IKT og helse", purpose="Prate.", since=ON)
        made["rule"] = governance.adopt_rule(**said, kind="law", code="law-1", name="Loven", text="§ 1", valid_from=ON)
        made["requirement"] = governance.adopt_requirement(
            **said,
            size_classes=["large"],
            valid_from=date(2031, 1, 1),
            source="Rådet",
            question="Er verneombudet informert?",
            answer="confirm",
            responsible=line.people["cfo"],
        )


def _waiting(line: Line, said: dict[str, Any]) -> Mandate:
    """A version that a person wrote while two had to look at a mandate; they need not any more."""
    region, name = line.entities["region"], "Utvalget som venter"
    rule = governance.adopt_rule(
        **said, kind="limit", code=MANDATE_PEOPLE, name="To ser på", amount=Decimal(2), valid_from=ON
    )
    own = {"by": said["by"], "at": said["at"]}
    body = governance.set_up_body(**own, owner=region, shared_with=region, kind="political", name=name)
    with line.acting("administrator") as by:
        waiting = governance.adopt_mandate(
            by=by, at=AT, body=body, valid_from=date(2031, 1, 1), adopted_by="Kommunestyrene"
        )
    governance.end_rule(**own, rule_id=rule.pk)
    return waiting
