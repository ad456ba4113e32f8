"""`samrad check`: what is misconfigured, in plain words."""

from __future__ import annotations

import os

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def troubles() -> list[str]:
    """Each thing that should be mended, as a sentence."""
    found = []
    with connections["default"].cursor() as cursor:
        cursor.execute("select rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        superuser, bypass = cursor.fetchone()
    if superuser or bypass:
        found.append(
            "Applikasjonens databaserolle kan gå utenom radsikringen. Bruk en rolle uten superuser og bypassrls."
        )
    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        found.append("Databasen er eldre enn programmet. Kjør «samrad migrate».")
    if not os.access(settings.DATA_DIR, os.W_OK):
        found.append(f"Samråd kan ikke skrive i datamappa {settings.DATA_DIR}.")
    if not settings.SECURE and not settings.DEMO:
        found.append("Adressen er ikke kryptert (https). Sett SAMRAD_BASE_URL når Samråd står bak en https-tjener.")
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        found.append(f"Ingen e-posttjener er oppgitt (SAMRAD_MAIL_URL). E-post legges i {settings.EMAIL_FILE_PATH}.")
    return found


def report() -> int:
    """Print what should be mended; 0 where nothing should."""
    found = troubles()
    for line in found:
        print(f"- {line}")
    if not found:
        print("Alt er i orden.")
    return 1 if found else 0
