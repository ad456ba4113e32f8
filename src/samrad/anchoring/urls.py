from django.urls import path

from samrad.anchoring.views import answering, hearing, sending

urlpatterns = [
    path("requests/<int:pk>/answer/", answering.request_answer, name="request_answer"),
    path("requests/<int:pk>/record/", answering.answer_record, name="answer_record"),
    path("requests/<int:pk>/contest/", answering.answer_contest, name="answer_contest"),
    path("<int:initiative_id>/hearing/", hearing.hearing_choose, name="hearing_choose"),
    path("<int:initiative_id>/escalate/", hearing.need_escalate, name="need_escalate"),
    path("<int:initiative_id>/involved/", hearing.involvement_list, name="involvement_list"),
    path(
        "<int:initiative_id>/involved/<int:involvement_id>/strike/",
        hearing.involvement_strike,
        name="involvement_strike",
    ),
    path("<int:initiative_id>/send/", sending.request_send, name="request_send"),
    path("<int:initiative_id>/submit/", sending.submission_send, name="submission_send"),
    path("<int:initiative_id>/receipt/", sending.submission_receipt, name="submission_receipt"),
]
