"""/documents/…"""

from django.urls import path

from samrad.documents import views

urlpatterns = [
    path("<int:pk>/", views.file_download, name="file_download"),
    path("<int:pk>/remove/", views.file_remove, name="file_remove"),
    path("<int:pk>/restore/", views.file_restore, name="file_restore"),
]
