"""`samrad check`: what is misconfigured or stands still, in plain words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone, translation

from samrad.config.worker import STALLED_AFTER_SECONDS
from samrad.core.acting import acting_for
from samrad.core.rowsecurity import owned_models
from samrad.organisation.actors import entities_of
from samrad.organisation.models import Account, Entity
from samrad.overview.readiness import lacks


def _value(alias: str, statement: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def _connected() -> Iterator[str]:
    for alias, name in (("default", "DATABASE_URL"), ("owner", "SAMRAD_OWNER_URL")):
        try:
            connections[alias].ensure_connection()
        except DatabaseError as error:
            yield f"Får ikke kontakt med databasen ({name}): {str(error).strip().splitlines()[0]}"


def _roles() -> Iterator[str]:
    superuser, bypass = _value("default", "select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
    if superuser or bypass:
        yield "Applikasjonens databaserolle kan gå utenom radsikringen. Bruk en rolle uten superuser og bypassrls."
    if _value("default", "select current_user") == _value("owner", "select current_user"):
        yield "Applikasjonen og eieren bruker samme databaserolle. Da gjelder ikke radsikringen. Bruk to roller."


def _migrations() -> list[str]:
    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["Databasen er eldre enn programmet. Kjør «samrad migrate»."]
    return []


def _row_security() -> Iterator[str]:
    statement = "select relname from pg_class where relrowsecurity and relforcerowsecurity and relkind = 'r'"
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        secured = {name for (name,) in cursor.fetchall()}
    bare = sorted({m._meta.db_table for m in owned_models()} - secured)
    if bare:
        yield f"Disse tabellene mangler radsikring: {', '.join(bare)}. Kjør «samrad migrate»."


def _address() -> Iterator[str]:
    host = urlsplit(settings.BASE_URL).hostname or ""
    if not settings.SECURE and host not in ("127.0.0.1", "localhost", "::1"):
        yield f"Adressen {settings.BASE_URL} er ikke kryptert. Bruk en adresse med https i SAMRAD_BASE_URL."
    if host not in {h.strip("[]") for h in settings.ALLOWED_HOSTS} and "*" not in settings.ALLOWED_HOSTS:
        yield f"Adressen {host} svarer ikke Samråd på. Føy den til i SAMRAD_HOSTS."


def _surroundings() -> Iterator[str]:
    for folder in (settings.DATA_DIR, settings.FILES_DIR):
        if folder.exists() and not os.access(folder, os.W_OK):
            yield f"Samråd kan ikke skrive i mappa {folder}."
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        yield f"Ingen e-posttjener er oppgitt (SAMRAD_MAIL_URL). E-post legges i {settings.EMAIL_FILE_PATH}."
    if settings.DEBUG:
        yield "SAMRAD_DEBUG er på. Slå den av der andre bruker Samråd."


def _queue() -> Iterator[str]:
    (beat,) = _value("default", "select max(last_heartbeat) from procrastinate_workers")
    if beat is None or timezone.now() - beat > timedelta(seconds=STALLED_AFTER_SECONDS):
        yield "Arbeideren går ikke, så e-post og arkivering venter. Start Samråd med «samrad serve»."
    (failed,) = _value("default", "select count(*) from procrastinate_jobs where status = 'failed'")
    if failed:
        yield f"{failed} jobber i køen har feilet."


def _waiting() -> Iterator[str]:
    filing, told = apps.get_model("archive", "Filing"), apps.get_model("organisation", "Notification")
    unfiled = unmailed = 0
    for pk in apps.get_model("organisation", "Entity")._default_manager.values_list("pk", flat=True):
        with acting_for([pk]):
            unfiled += filing._default_manager.filter(owner=pk, state="failed").count()
            unmailed += told._default_manager.filter(owner=pk, mailed_at=None).exclude(mail_error="").count()
    if unfiled:
        yield f"{unfiled} dokumenter er ikke arkivert fordi arkiveringen feilet. Se «Arkivering» i Samråd."
    if unmailed:
        yield f"{unmailed} meldinger har ikke gått ut som e-post fordi sendingen feilet."


def _set_up() -> Iterator[str]:
    """What the organisation still lacks before everyone can use Samråd."""
    entities = list(Entity.objects.order_by("kind", "name"))
    if not entities:
        yield "Ingen kommune eller samarbeid er lagt inn. Kjør «samrad organisation add»."
        return
    on = timezone.localdate()
    for entity in entities:
        with acting_for({entity.pk, *entities_of(entity.pk, on=on)}), translation.override("nb"):
            yield from [str(lack.text) for lack in lacks(entity, on)]
    if not Account.objects.exclude(password__startswith="!").exists() and not settings.DEMO:
        yield "Ingen har valgt passord ennå. Åpne lenka som «samrad person add» skrev, eller lag en ny med «samrad person link»."


def troubles() -> list[str]:
    """Each thing that should be mended, as a sentence."""
    found = list(_connected())
    if found:
        return found
    old = _migrations()
    found = [*_roles(), *old]
    if not old:
        found += [*_row_security(), *_set_up(), *_queue(), *_waiting()]
    return [*found, *_address(), *_surroundings()]


def report() -> int:
    """Print what should be mended; 0 where nothing should."""
    found = troubles()
    for line in found:
        print(f"- {line}")
    if not found:
        print("Alt er i orden.")
    return 1 if found else 0
