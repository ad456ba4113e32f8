from django.urls import path

from samrad.organisation.views import access, people, set_up, signing, stand_ins

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("link/<str:token>/", access.link_open, name="link_open"),
    path("forgotten/", access.link_ask, name="link_ask"),
    path("password/", access.password_change, name="password_change"),
    path("demo/", signing.demo_people, name="demo_people"),
    path("persons/", signing.person_choose, name="person_choose"),
    path("language/", signing.language_choose, name="language_choose"),
    path("notifications/", signing.notification_list, name="notification_list"),
    path("notifications/read/", signing.notification_read_all, name="notification_read_all"),
    path("notifications/<int:notification_id>/", signing.notification_open, name="notification_open"),
    path("notifications/choices/", signing.notice_choose, name="notice_choose"),
    path("stand-in/", stand_ins.stand_in_choose, name="stand_in_choose"),
    path("stand-in/<int:person_id>/", stand_ins.stand_in_choose, name="stand_in_for"),
    path("stand-in/end/<int:role_id>/", stand_ins.stand_in_end, name="stand_in_end"),
    path("matrix/", signing.role_matrix, name="role_matrix"),
    path("admin/", set_up.admin_front, name="admin_front"),
    path("admin/units/", set_up.unit_list, name="unit_list"),
    path("admin/log/", set_up.log_list, name="log_list"),
    path("admin/people/", people.person_list, name="person_list"),
    path("admin/people/add/", people.person_add, name="person_add"),
    path("admin/people/<int:person_id>/", people.person_detail, name="person_detail"),
    path("admin/people/<int:person_id>/change/", people.person_change, name="person_change"),
    path("admin/people/<int:person_id>/end/", people.person_end, name="person_end"),
    path("admin/people/<int:person_id>/return/", people.person_return, name="person_return"),
    path("admin/people/<int:person_id>/link/", people.link_make, name="link_make"),
    path("admin/people/<int:person_id>/roles/", people.role_give, name="role_give"),
    path("admin/people/<int:person_id>/roles/<int:role_id>/end/", people.role_end, name="role_end"),
]
