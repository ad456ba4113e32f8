from django.urls import path

from samrad.archive import views

urlpatterns = [
    path("", views.filing_list, name="filing_list"),
    path("retry/", views.failed_retry, name="failed_retry"),
    path("setup/", views.setup_list, name="setup_list"),
    path("setup/<int:pk>/", views.setup_change, name="setup_change"),
    path("<int:pk>/", views.filing_detail, name="filing_detail"),
    path("<int:pk>/retry/", views.filing_retry, name="filing_retry"),
    path("<int:pk>.pdf", views.filing_file, name="filing_file"),
]
