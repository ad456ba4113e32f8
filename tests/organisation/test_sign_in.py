"""Signing in and out, choosing a person, the demo's people, language, notifications, the matrix."""

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy
from pytest_django import Settings

from samrad.core.acting import acting_for
from samrad.organisation import actions
from samrad.organisation.actors import system_actor
from samrad.organisation.models import Notification
from samrad.organisation.roles import PERMISSIONS, ROLES
from tests.initiatives.cast import AT, ON, PASSWORD, Cast

SIGN_IN = "/organisation/sign-in/"


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> int:
    data = {"email": "Anne@fjell.example", "password": password, **more}
    return client.post(SIGN_IN, data).status_code


def test_one_signs_in_with_email_and_password(cast: Cast) -> None:
    client = Client()
    answer = client.post(SIGN_IN, {"email": "Anne@Fjell.example", "password": PASSWORD, "next": "/initiatives/"})
    assert (answer.status_code, answer["Location"]) == (302, "/initiatives/")
    assert client.get("/organisation/notifications/").status_code == 200


def test_sign_in_goes_nowhere_else(cast: Cast) -> None:
    data = {"email": "anne@fjell.example", "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post(SIGN_IN, data)["Location"] == "/"


def test_a_wrong_password_is_told_kindly_and_keeps_the_email(cast: Cast) -> None:
    answer = Client().post(SIGN_IN, {"email": "anne@fjell.example", "password": "feil"})
    text = answer.content.decode()
    assert "stemmer ikke" in text and "anne@fjell.example" in text and "feil" not in text.split("<form")[1]


def test_after_five_failures_one_waits(cast: Cast) -> None:
    client = Client()
    assert [sign_in(client, "feil") for _ in range(5)] == [200] * 5
    assert sign_in(client, "feil") == 429
    answer = client.post(SIGN_IN, {"email": "anne@fjell.example", "password": PASSWORD})
    assert answer.status_code == 429 and "15 minutter" in answer.content.decode()
    other = {"email": "kari@fjell.example", "password": PASSWORD}
    assert client.post(SIGN_IN, other).status_code == 302, "another account is not stopped"
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9")) == 302, "nor the same account from another address"


def test_the_failures_are_forgotten_after_fifteen_minutes(cast: Cast) -> None:
    from datetime import timedelta

    from samrad.core.verdict import Refused

    ask = {"email": "anne@fjell.example", "address": "1.2.3.4"}
    for _ in range(5):
        assert actions.attempt_sign_in(**ask, password="feil", at=AT) is None
    with pytest.raises(Refused):
        actions.attempt_sign_in(**ask, password=PASSWORD, at=AT + timedelta(minutes=14))
    assert actions.attempt_sign_in(**ask, password=PASSWORD, at=AT + timedelta(minutes=16)) is not None


@pytest.mark.parametrize(
    "data", [{}, {"email": "x" * 10_000, "password": "a"}, {"email": "a@b.no", "password": "\x00"}]
)
def test_bad_input_is_answered_at_the_field(cast: Cast, data: dict[str, str]) -> None:
    assert Client().post(SIGN_IN, data).status_code == 200


def test_one_signs_out(cast: Cast) -> None:
    client = cast.client(cast.proposer)
    assert client.get("/organisation/sign-out/").status_code == 405
    client.post("/organisation/sign-out/")
    assert client.get("/organisation/notifications/").status_code == 302


def test_the_demo_people_are_there_in_the_demo_only(cast: Cast, settings: Settings) -> None:
    settings.DEMO = False
    assert Client().get("/organisation/demo/").status_code == 404
    assert Client().post("/organisation/demo/", {"person": cast.proposer.pk}).status_code == 404
    settings.DEMO = True
    client = Client()
    text = client.get("/organisation/demo/").content.decode()
    assert "Sektorleder" in text and "Siri Dahl" in text and "Stian Stranger" in text
    assert client.post("/organisation/demo/", {"person": cast.sector_head.pk}).status_code == 302
    assert client.get("/organisation/notifications/").status_code == 200
    for nonsense in ("", "x", "999999", "9" * 30):
        assert Client().post("/organisation/demo/", {"person": nonsense}).status_code == 404


def test_an_account_with_two_persons_chooses(cast: Cast) -> None:
    with acting_for([cast.dal.pk, cast.region.pk]):
        by = system_actor(cast.dal.pk, on=ON)
        second = actions.add_person(
            by=by, at=AT, owner=cast.dal, shared_with=cast.region, name="Anne i Dal", email="anne@fjell.example"
        )
    client = Client()
    answer = client.post(SIGN_IN, {"email": "anne@fjell.example", "password": PASSWORD})
    assert answer["Location"] == "/organisation/persons/"
    assert "Dal" in client.get("/organisation/persons/").content.decode()
    assert client.post("/organisation/persons/", {"person": second.pk}).status_code == 302
    assert client.session["person_id"] == second.pk
    assert client.post("/organisation/persons/", {"person": cast.stranger.pk}).status_code == 404


def test_one_chooses_nynorsk(cast: Cast) -> None:
    client = Client()
    client.post("/organisation/language/", {"language": "nn", "next": SIGN_IN})
    answer = client.get(SIGN_IN)
    assert answer["Content-Language"] == "nn" and "Passord" in answer.content.decode()
    client.post("/organisation/language/", {"language": "../x"})
    assert client.get(SIGN_IN)["Content-Language"] == "nn"


def tell(cast: Cast, path: str = "/initiatives/") -> Notification:
    with acting_for([cast.fjell.pk, cast.region.pk]):
        message = actions.Message(
            "test", gettext_lazy("Something happened <script>"), gettext_lazy("Look at it."), {}, path
        )
        by = cast.actor(cast.colleague)
        [told] = actions.notify(by=by, at=AT, house=cast.health, people=[cast.proposer], message=message)
    return told


def test_one_reads_what_one_was_told(cast: Cast) -> None:
    told = tell(cast)
    client = cast.client(cast.proposer)
    text = client.get("/organisation/notifications/").content.decode()
    assert "Something happened &lt;script&gt;" in text and "Ny" in text
    assert client.post(f"/organisation/notifications/{told.pk}/")["Location"] == "/initiatives/"
    assert "Ny</span>" not in client.get("/organisation/notifications/").content.decode()


def test_all_can_be_marked_as_read(cast: Cast) -> None:
    tell(cast), tell(cast, "//evil.example")
    client = cast.client(cast.proposer)
    client.post("/organisation/notifications/read/")
    with acting_for([cast.fjell.pk, cast.region.pk]):
        assert Notification.objects.filter(read_at__isnull=True).count() == 0


def test_the_stranger_cannot_read_what_others_were_told(cast: Cast) -> None:
    told = tell(cast)
    for person in (cast.stranger, cast.colleague):
        client = cast.client(person)
        assert "Something" not in client.get("/organisation/notifications/").content.decode()
        assert client.post(f"/organisation/notifications/{told.pk}/").status_code == 404


def test_the_matrix_is_the_table_in_code(cast: Cast) -> None:
    assert Client().get("/organisation/matrix/").status_code == 302
    text = cast.client(cast.stranger).get("/organisation/matrix/").content.decode()
    assert text.count("data-action=") == len(PERMISSIONS)
    assert text.count('<th scope="col">') == len(ROLES) + 1
    assert text.count("<td>Ja</td>") == sum(len(allowed) for _label, allowed in PERMISSIONS.values())
