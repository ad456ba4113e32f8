"""What the region governs by, for the doors to it: one of each."""

from __future__ import annotations

from datetime import date
from typing import Any

from samrad.core.acting import acting_for
from samrad.governance import actions as governance
from samrad.governance.models import Mandate, Seat
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
