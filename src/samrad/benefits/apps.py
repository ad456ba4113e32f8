from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "samrad.benefits"
    label = "benefits"
    default_auto_field = "django.db.models.BigAutoField"
