from django.urls import path

from samrad.organisation import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("demo/", views.demo_people, name="demo_people"),
    path("persons/", views.person_choose, name="person_choose"),
    path("language/", views.language_choose, name="language_choose"),
    path("notifications/", views.notification_list, name="notification_list"),
    path("notifications/read/", views.notification_read_all, name="notification_read_all"),
    path("notifications/<int:notification_id>/", views.notification_open, name="notification_open"),
    path("matrix/", views.role_matrix, name="role_matrix"),
]
