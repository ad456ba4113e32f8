from django.urls import path

from samrad.core import views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("gallery/", views.gallery, name="gallery"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
]
