"""S9–S17: from the traditional model to the council."""

import re
from datetime import date

import pytest

from samrad.organisation.actions import give_role
from tests.krav.region import STRANGER, Region

krav = pytest.mark.krav


@krav("S17.AK1", guards=["samrad.overview.steering.steering_map", "samrad.core.rowsecurity"])
def test_the_line_is_drawn_from_the_set_up_and_each_node_opens_who_sits_there_and_what_waits(region: Region) -> None:
    employee, line = "fossmark-ansatt-helse", "/overview/steering-line/"
    page = region.page(employee, line)
    drawn = page[page.index('<ol class="stations">') : page.index("Hvem sitter hvor")]
    nodes = re.findall(r'<a href="#sits-(\w+)">', drawn)
    order = ["expert_group", "sector_head", "secretariat", "council", "chief_executive", "portfolio"]
    assert nodes == order and all(f'id="sits-{node}"' in page for node in nodes)
    # The cooperation's own people see the heads of sector of every member, an employee those at home.
    abroad = f'href="mailto:{region.person("granlia-leder-helse").email}"'
    assert abroad in region.page("saksbehandler", line)
    heads = slice(page.index('id="sits-sector_head"'), page.index('id="sits-secretariat"'))
    assert abroad not in page[heads]
    queues = re.findall(r'class="when"><a href="([^"]+)"', drawn)
    assert len(queues) == len(order) + 1
    assert all(region.client(employee).get(queue, follow=True).status_code == 200 for queue in queues)
    [heads] = [q for q in queues if "sector_head" in q]
    assert "SvarUt for alle fagsystem" in region.page("sekretariat", heads)
    newcomer = region.person("fossmark-ansatt-helse")
    seat = f"mailto:{newcomer.email}"
    assert seat not in page
    region.set_up(
        region.world.towns["fossmark"],
        give_role,
        person=newcomer,
        role="secretariat_member",
        valid_from=date(2025, 1, 1),
        entity=region.world.region,
    )
    assert seat in region.page(employee, line)
    outside = region.page(STRANGER, line)
    assert newcomer.name not in outside and region.person("granlia-direktor").name not in outside
