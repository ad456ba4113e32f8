from django.urls import path

from samrad.anchoring import views

urlpatterns = [
    path("requests/<int:pk>/answer/", views.request_answer, name="request_answer"),
    path("requests/<int:pk>/record/", views.answer_record, name="answer_record"),
    path("requests/<int:pk>/contest/", views.answer_contest, name="answer_contest"),
    path("<int:initiative_id>/send/", views.request_send, name="request_send"),
    path("<int:initiative_id>/submit/", views.submission_send, name="submission_send"),
    path("<int:initiative_id>/receipt/", views.submission_receipt, name="submission_receipt"),
]
