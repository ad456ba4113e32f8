"""`samrad check` says what is misconfigured, in plain words."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from samrad.config import checks
from samrad.config.cli import Misuse, _migrate


def said() -> str:
    return "\n".join(checks.troubles())


@pytest.mark.django_db(databases=["default", "owner"])
def test_it_says_each_misconfiguration(settings: Any, tmp_path: Path) -> None:
    settings.BASE_URL, settings.SECURE, settings.ALLOWED_HOSTS = "http://raad.example.no", False, ["127.0.0.1"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    text = said()
    assert "http://raad.example.no er ikke kryptert" in text
    assert "Føy den til i SAMRAD_HOSTS" in text
    assert "Ingen e-posttjener" in text
    assert "Arbeideren går ikke" in text
    settings.BASE_URL, settings.SECURE = "https://raad.example.no", True
    settings.ALLOWED_HOSTS = ["raad.example.no"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with connections["default"].cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values")
    assert said() == "Ingen kommune eller samarbeid er lagt inn. Kjør «samrad organisation add»."


@pytest.mark.django_db(databases=["default", "owner"])
def test_it_says_which_role_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_value", lambda alias, statement: (True, False))
    assert "gå utenom radsikringen" in "\n".join(checks._roles())
    monkeypatch.setattr(checks, "_value", lambda alias, statement: (False, False))
    assert "samme databaserolle" in "\n".join(checks._roles())


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_it_says_that_the_database_is_old_or_bare() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("alter table initiatives_initiative no force row level security")
        try:
            assert "initiatives_initiative" in "\n".join(checks._row_security())
        finally:
            cursor.execute("alter table initiatives_initiative force row level security")


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_database_that_is_half_way_is_sent_to_the_version_that_finishes_it() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'council' and name = '0002_draft_outcome'")
    with pytest.raises(Misuse, match="docs/adr/0009"):
        _migrate()
