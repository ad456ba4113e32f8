from django.urls import path

from samrad.strategy.views import hearing, parts, plans, strategies

urlpatterns = [
    path("", strategies.strategy_list, name="strategy_list"),
    path("add/", strategies.strategy_add, name="strategy_add"),
    path("<int:pk>/", strategies.strategy_detail, name="strategy_detail"),
    path("<int:pk>/change/", strategies.strategy_change, name="strategy_change"),
    path("<int:pk>/adopt/", strategies.strategy_adopt, name="strategy_adopt"),
    path("<int:pk>/renew/", strategies.strategy_renew, name="strategy_renew"),
    path("<int:pk>/areas/add/", parts.area_add, name="area_add"),
    path("areas/<int:pk>/", parts.area_change, name="area_change"),
    path("areas/<int:pk>/goals/add/", parts.goal_add, name="goal_add"),
    path("goals/<int:pk>/", parts.goal_change, name="goal_change"),
    path("goals/<int:pk>/indicators/add/", parts.indicator_add, name="indicator_add"),
    path("indicators/<int:pk>/", parts.indicator_detail, name="indicator_detail"),
    path("indicators/<int:pk>/change/", parts.indicator_change, name="indicator_change"),
    path("<int:pk>/plans/add/", plans.plan_add, name="plan_add"),
    path("plans/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/adopt/", plans.plan_adopt, name="plan_adopt"),
    path("plans/<int:pk>/plan.csv", plans.plan_file, name="plan_file"),
    path("plans/<int:pk>/points/add/", plans.point_add, name="point_add"),
    path("points/<int:pk>/", plans.point_detail, name="point_detail"),
    path("points/<int:pk>/change/", plans.point_change, name="point_change"),
    path("<int:pk>/input/add/", hearing.round_add, name="round_add"),
    path("input/<int:pk>/", hearing.round_detail, name="round_detail"),
    path("input/<int:pk>/record/", hearing.input_record, name="input_record"),
    path("input/answers/<int:pk>/", hearing.input_answer, name="input_answer"),
]
