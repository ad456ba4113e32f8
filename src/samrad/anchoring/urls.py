from django.urls import path

from samrad.anchoring.views import answering, groups, guests, hearing, sending

urlpatterns = [
    path("stakeholders/", guests.stakeholder_list, name="stakeholder_list"),
    path("stakeholders/<int:stakeholder_id>/remove/", guests.stakeholder_remove, name="stakeholder_remove"),
    path("guest/<str:token>/", guests.guest_page, name="guest_page"),
    path("<int:initiative_id>/share/", guests.share_list, name="share_list"),
    path("<int:initiative_id>/share/<int:guest_pass_id>/end/", guests.share_end, name="share_end"),
    path("groups/", groups.group_list, name="group_list"),
    path("groups/fields/<int:field_id>/step/", groups.step_switch, name="step_switch"),
    path("groups/<int:body_id>/", groups.group_detail, name="group_detail"),
    path("groups/<int:body_id>/needs/", groups.backlog_add, name="backlog_add"),
    path("groups/<int:body_id>/rank/", groups.backlog_rank, name="backlog_rank"),
    path("groups/<int:body_id>/needs/<int:item_id>/close/", groups.backlog_close, name="backlog_close"),
    path("groups/<int:body_id>/needs/<int:item_id>/start/", groups.backlog_start, name="backlog_start"),
    path("groups/<int:body_id>/members/", groups.member_add, name="member_add"),
    path("groups/<int:body_id>/members/<int:seat_id>/end/", groups.member_end, name="member_end"),
    path("groups/<int:body_id>/meetings/", groups.meeting_call, name="meeting_call"),
    path("groups/<int:body_id>/meetings/<int:meeting_id>/", groups.meeting_note, name="meeting_note"),
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
