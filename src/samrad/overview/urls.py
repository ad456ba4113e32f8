from django.urls import path

from samrad.overview import views

urlpatterns = [
    path("", views.my_page, name="my_page"),
    path("initiatives/<int:pk>/", views.initiative_story, name="initiative_story"),
    path("steering-line/", views.steering_line, name="steering_line"),
]
