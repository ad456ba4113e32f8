"""/documents/…"""

from django.urls import path

from samrad.documents import views
from samrad.documents.views import templates

urlpatterns = [
    path("<int:pk>/", views.file_download, name="file_download"),
    path("<int:pk>/remove/", views.file_remove, name="file_remove"),
    path("<int:pk>/restore/", views.file_restore, name="file_restore"),
    path("templates/", templates.template_list, name="template_list"),
    path("templates/standard.docx", templates.standard_file, name="standard_file"),
    path("templates/<int:pk>.docx", templates.template_file, name="template_file"),
    path("templates/<int:pk>/sample.docx", templates.template_sample, name="template_sample"),
    path("templates/<int:pk>/end/", templates.template_end, name="template_end"),
]
