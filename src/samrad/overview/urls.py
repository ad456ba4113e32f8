from django.urls import path

from samrad.overview import open_pages, views

urlpatterns = [
    path("strategy/<int:plan_id>/<str:kind>/", views.strategy_report, name="strategy_report"),
    path("strategy/<int:plan_id>/<str:kind>.csv", views.strategy_report_file, name="strategy_report_file"),
    path("", views.my_page, name="my_page"),
    path("waiting/", views.waiting_list, name="waiting_list"),
    path("initiatives/<int:pk>/", views.initiative_story, name="initiative_story"),
    path("steering-line/", views.steering_line, name="steering_line"),
    path("open/", open_pages.open_house_list, name="open_house_list"),
    path("open/<slug:slug>/", open_pages.open_portfolio, name="open_portfolio"),
    path("open/<slug:slug>/<int:pk>/", open_pages.open_initiative, name="open_initiative"),
    path("initiatives/from-others/", open_pages.from_others, name="from_others"),
    path("initiatives/from-others/<int:pk>/", open_pages.reusable_initiative, name="reusable_initiative"),
]
