from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


def _secure(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from samrad.core.rowsecurity import secure

    if using == "owner":
        secure(using)


def _close_windows(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from samrad.core.rowsecurity import close_windows

    if using == "owner":
        close_windows(using)


class CoreConfig(AppConfig):
    name = "samrad.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(_close_windows, sender=self)
        # Last in INSTALLED_APPS, so it runs when every table stands.
        post_migrate.connect(_secure, sender=self)
