from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "samrad.config"
    label = "config"

    def ready(self) -> None:
        from samrad.config.wiring import wire

        wire()
