from django.urls import path, re_path

from samrad.systems.views import imports, pictures, register

urlpatterns = [
    path("", register.system_list, name="system_list"),
    re_path(r"^register\.(?P<suffix>csv|xlsx)$", register.system_export, name="system_export"),
    path("ending/", register.contract_list, name="contract_list"),
    path("fit/", pictures.fit_picture, name="fit_picture"),
    path("assessments/", pictures.assessment_list, name="assessment_list"),
    path("duplicates/", pictures.duplicate_list, name="duplicate_list"),
    path("add/", register.system_add, name="system_add"),
    path("<int:pk>/", register.system_detail, name="system_detail"),
    path("<int:pk>/change/", register.system_change, name="system_change"),
    path("<int:pk>/retire/", register.system_retire, name="system_retire"),
    path("import/", imports.import_upload, name="import_upload"),
    path("import/<int:pk>/columns/", imports.import_map, name="import_map"),
    path("import/<int:pk>/preview/", imports.import_preview, name="import_preview"),
    path("import/<int:pk>/", imports.import_result, name="import_result"),
    path("import/<int:pk>/lists.xlsx", imports.import_file, name="import_file"),
]
