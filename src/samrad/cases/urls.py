from django.urls import path

from samrad.cases.views import deciding, steering

urlpatterns = [
    path("decisions/<int:pk>/", deciding.decision_decide, name="decision_decide"),
    path("decisions/<int:pk>/send-on/", steering.decision_send_on, name="decision_send_on"),
    path("decisions/<int:pk>/told-at-home/", steering.decision_tell, name="decision_tell"),
    path("decisions/<int:pk>/assign/", steering.assignment_give, name="assignment_give"),
    path("assignments/<int:pk>/", steering.assignment_detail, name="assignment_detail"),
    path("conditions/<int:pk>/", deciding.condition_meet, name="condition_meet"),
    path("<int:pk>/withdraw/", deciding.case_withdraw, name="case_withdraw"),
    path("<int:pk>/costs/", steering.case_costs, name="case_costs"),
    path("<int:pk>/turn/<slug:kind>/", steering.case_turn, name="case_turn"),
]
