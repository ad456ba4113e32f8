from django.urls import path

from samrad.governance.views import cycle, cycle_changing, cycle_planning

urlpatterns = [
    path("cycle/", cycle.cycle_now, name="cycle_now"),
    path("cycle/<int:year>/", cycle.cycle_year, name="cycle_year"),
    path("cycle/<int:year>/calendar.ics", cycle.cycle_file, name="cycle_file"),
    path("cycle/follow/", cycle.cycle_follow, name="cycle_follow"),
    path("cycle/feed/<str:token>.ics", cycle.cycle_feed, name="cycle_feed"),
    path("cycle/plan/", cycle_planning.cycle_plan_choose, name="cycle_plan_choose"),
    path("cycle/plan/<int:pk>/<int:year>/", cycle_planning.cycle_plan, name="cycle_plan"),
    path("cycle/dates/new/", cycle_changing.cycle_date_put, name="cycle_date_put"),
    path("cycle/dates/<int:pk>/", cycle_changing.cycle_date_change, name="cycle_date_change"),
    path("cycle/meetings/<int:pk>/", cycle_changing.cycle_meeting_change, name="cycle_meeting_change"),
]
