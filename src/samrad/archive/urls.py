from django.urls import path

from samrad.archive import views

urlpatterns = [
    path("", views.filing_list, name="filing_list"),
    path("<int:pk>/", views.filing_detail, name="filing_detail"),
    path("<int:pk>/retry/", views.filing_retry, name="filing_retry"),
    path("<int:pk>.pdf", views.filing_file, name="filing_file"),
]
