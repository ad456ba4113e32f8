from django.urls import path

from samrad.cases import views

urlpatterns = [
    path("decisions/<int:pk>/", views.decision_decide, name="decision_decide"),
    path("<int:pk>/withdraw/", views.case_withdraw, name="case_withdraw"),
]
