from django.urls import path

from samrad.overview import open_pages
from samrad.overview.views import basis, checks, guide, pages, ways

urlpatterns = [
    path("strategy/<int:plan_id>/<str:kind>/", pages.strategy_report, name="strategy_report"),
    path("strategy/<int:plan_id>/<str:kind>.csv", pages.strategy_report_file, name="strategy_report_file"),
    path("waiting/", pages.waiting_list, name="waiting_list"),
    path("", pages.my_page, name="my_page"),
    path("initiatives/<int:pk>/", pages.initiative_story, name="initiative_story"),
    path("decisions/<int:pk>/", basis.decision_basis, name="decision_basis"),
    path("steering-line/", pages.steering_line, name="steering_line"),
    path("where/", ways.where_list, name="where_list"),
    path("where/<slug:code>/", ways.where_detail, name="where_detail"),
    path("models/", ways.two_models, name="two_models"),
    path("without-owner/", ways.owner_list, name="owner_list"),
    path("initiatives/<int:pk>/owner/", ways.owner_name, name="owner_name"),
    path("self-check/", checks.self_check_list, name="self_check_list"),
    path("self-check/<int:entity_id>/<int:year>/", checks.self_check_answer, name="self_check_answer"),
    path("set-up/", guide.guide_front, name="guide_front"),
    path("set-up/<slug:slug>/", guide.guide_house, name="guide_house"),
    path("set-up/<slug:slug>/links/", guide.guide_links, name="guide_links"),
    path("set-up/<slug:slug>/<slug:code>/", guide.guide_step, name="guide_step"),
    path("set-up/<slug:slug>/<slug:code>/<slug:about>/", guide.guide_step, name="guide_about"),
    path("open/", open_pages.open_house_list, name="open_house_list"),
    path("open/<slug:slug>/", open_pages.open_portfolio, name="open_portfolio"),
    path("open/<slug:slug>/<int:pk>/", open_pages.open_initiative, name="open_initiative"),
    path("initiatives/from-others/", open_pages.from_others, name="from_others"),
    path("initiatives/from-others/<int:pk>/", open_pages.reusable_initiative, name="reusable_initiative"),
]
