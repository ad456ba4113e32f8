from django.urls import path

from samrad.cases import views

urlpatterns = [
    path("decisions/<int:pk>/", views.decision_decide, name="decision_decide"),
    path("conditions/<int:pk>/", views.condition_meet, name="condition_meet"),
    path("<int:pk>/withdraw/", views.case_withdraw, name="case_withdraw"),
]
