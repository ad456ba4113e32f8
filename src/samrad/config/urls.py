"""The first word of a URL is the room it lives in."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="overview:my_page"), name="front"),
]
for room in settings.ROOMS:
    if find_spec(f"samrad.{room}.urls"):
        urlpatterns.append(
            path(
                f"{room}/",
                include((import_module(f"samrad.{room}.urls").urlpatterns, room)),
            )
        )

handler403 = "samrad.core.views.refused"
handler404 = "samrad.core.views.not_found"
handler500 = "samrad.core.views.broken"
