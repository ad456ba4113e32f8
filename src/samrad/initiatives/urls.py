from django.urls import path

from samrad.initiatives.views import exemptions, files, listing, own, reuse, review, steps

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
]
