from django.urls import path, re_path

from samrad.portfolio.views import gates, imports, money
from samrad.portfolio.views import projects as views

urlpatterns = [
    path("", views.portfolio_list, name="portfolio_list"),
    path("<int:pk>/", views.portfolio_detail, name="portfolio_detail"),
    path("<int:pk>/dates/", views.date_choose, name="date_choose"),
    path("<int:pk>/report/", views.report_take, name="report_take"),
    path("<int:pk>/import/", imports.import_upload, name="import_upload"),
    path("imports/<int:pk>/", imports.import_result, name="import_result"),
    path("imports/<int:pk>/columns/", imports.import_map, name="import_map"),
    path("imports/<int:pk>/preview/", imports.import_preview, name="import_preview"),
    re_path(r"^imports/(?P<pk>\d+)\.(?P<suffix>xlsx|json)$", imports.import_file, name="import_file"),
    path("projects/<int:pk>/", views.project_detail, name="project_detail"),
    path("<int:pk>/gates/", gates.checklist_list, name="checklist_list"),
    path("<int:pk>/gates/<slug:gate>/", gates.checklist_change, name="checklist_change"),
    path("projects/<int:pk>/gate/", gates.project_gate, name="project_gate"),
    path("projects/<int:pk>/money/", money.project_money, name="project_money"),
    path("projects/<int:pk>/money/change/", money.money_change, name="money_change"),
    path("projects/<int:pk>/status/", views.report_status, name="report_status"),
    path("reports/<int:pk>/", views.report_detail, name="report_detail"),
    re_path(r"^reports/(?P<pk>\d+)\.(?P<suffix>pdf|xlsx|json)$", views.report_file, name="report_file"),
]
