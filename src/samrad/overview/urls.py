from django.urls import path

from samrad.overview import open_pages, views
from samrad.overview.views import guide

urlpatterns = [
    path("", views.my_page, name="my_page"),
    path("waiting/", views.waiting_list, name="waiting_list"),
    path("initiatives/<int:pk>/", views.initiative_story, name="initiative_story"),
    path("steering-line/", views.steering_line, name="steering_line"),
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
