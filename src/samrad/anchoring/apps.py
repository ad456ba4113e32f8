from django.apps import AppConfig


class AnchoringConfig(AppConfig):
    name = "samrad.anchoring"
    label = "anchoring"
    default_auto_field = "django.db.models.BigAutoField"
