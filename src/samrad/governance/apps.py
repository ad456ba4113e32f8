from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "samrad.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samrad.core.rowsecurity import WINDOWS
        from samrad.governance.windows import OPEN

        WINDOWS.update(OPEN)
