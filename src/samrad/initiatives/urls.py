from django.urls import path

from samrad.initiatives.views import (
    exemptions,
    files,
    imports,
    intake,
    listing,
    own,
    reuse,
    review,
    rules,
    steps,
    together,
)

urlpatterns = [
    path("", listing.initiative_list, name="initiative_list"),
    path("start/", steps.draft_start, name="draft_start"),
    path("<int:initiative_id>/", review.initiative_detail, name="initiative_detail"),
    path("<int:initiative_id>/step/<int:step>/", steps.draft_step, name="draft_step"),
    path("<int:initiative_id>/files/", files.draft_files, name="draft_files"),
    path("<int:initiative_id>/requirements/", own.own_answer, name="own_answer"),
    path("<int:initiative_id>/review/", review.draft_review, name="draft_review"),
    path("<int:initiative_id>/exemptions/", exemptions.exemption_set, name="exemption_set"),
    path("<int:initiative_id>/reuse/", reuse.reuse_mark, name="reuse_mark"),
    path("<int:initiative_id>/authors/", together.draft_authors, name="draft_authors"),
    path("<int:initiative_id>/authors/<int:person_id>/remove/", together.author_remove, name="author_remove"),
    path("<int:initiative_id>/operational/", intake.operational, name="operational"),
    path("<int:initiative_id>/operational/take-back/", intake.operational_take_back, name="operational_take_back"),
    path("requests/", intake.request_take_in, name="request_take_in"),
    path("requests/<int:takeover_id>/", intake.takeover_answer, name="takeover_answer"),
    path("import/", imports.needs_import, name="needs_import"),
    path("rules/", rules.rules_detail, name="rules_detail"),
    path("rules/service-desk/", rules.service_desk_set, name="service_desk_set"),
    path("rules/rates/", rules.rates_adopt, name="rates_adopt"),
    path("rules/scope/<str:size>/", rules.form_scope_adopt, name="form_scope_adopt"),
    path("rules/check/", rules.screening_adopt, name="screening_adopt"),
]
