from django.urls import path

from samrad.council import views

urlpatterns = [
    path("", views.meeting_list, name="meeting_list"),
    path("<int:pk>/", views.meeting_detail, name="meeting_detail"),
    path("<int:pk>/agenda/", views.agenda_set, name="agenda_set"),
    path("<int:pk>/notice/", views.notice_send, name="notice_send"),
    path("<int:pk>/notice.pdf", views.notice_file, name="notice_file"),
    path("<int:pk>/move/", views.meeting_move, name="meeting_move"),
    path("<int:pk>/cancel/", views.meeting_cancel, name="meeting_cancel"),
    path("<int:pk>/attendance/", views.attendance_record, name="attendance_record"),
    path("<int:pk>/items/<int:item_id>/", views.item_treat, name="item_treat"),
    path("<int:pk>/items/<int:item_id>/move/", views.item_move, name="item_move"),
    path("<int:pk>/items/<int:item_id>/vote/", views.item_vote, name="item_vote"),
    path("<int:pk>/items/<int:item_id>/statement/", views.statement_record, name="statement_record"),
    path("<int:pk>/items/<int:item_id>/impartiality/", views.impartiality_declare, name="impartiality_declare"),
    path("<int:pk>/close/", views.meeting_close, name="meeting_close"),
    path("<int:pk>/minutes/", views.minutes_detail, name="minutes_detail"),
    path("<int:pk>/minutes.pdf", views.minutes_file, name="minutes_file"),
    path("<int:pk>/calendar.ics", views.calendar_file, name="calendar_file"),
]
