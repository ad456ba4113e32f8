from django.urls import path

from samrad.benefits import views

urlpatterns = [
    path("<int:pk>/", views.plan_detail, name="plan_detail"),
    path("<int:pk>/<int:benefit_id>/", views.benefit_plan, name="benefit_plan"),
]
