from django.urls import path

from samrad.initiatives.views import exemptions, files, idea_answers, idea_talk, ideas, listing, reuse, review, steps

urlpatterns = [
    path("", listing.initiative_list, name="initiative_list"),
    path("start/", steps.draft_start, name="draft_start"),
    path("<int:initiative_id>/", review.initiative_detail, name="initiative_detail"),
    path("<int:initiative_id>/step/<int:step>/", steps.draft_step, name="draft_step"),
    path("<int:initiative_id>/files/", files.draft_files, name="draft_files"),
    path("<int:initiative_id>/review/", review.draft_review, name="draft_review"),
    path("<int:initiative_id>/exemptions/", exemptions.exemption_set, name="exemption_set"),
    path("<int:initiative_id>/reuse/", reuse.reuse_mark, name="reuse_mark"),
    path("<int:initiative_id>/follow/", idea_talk.initiative_follow, name="initiative_follow"),
    path("ideas/", ideas.idea_list, name="idea_list"),
    path("ideas/new/", ideas.idea_start, name="idea_start"),
    path("ideas/alike/", ideas.idea_alike, name="idea_alike"),
    path("ideas/<int:idea_id>/", ideas.idea_detail, name="idea_detail"),
    path("ideas/<int:idea_id>/answer/", idea_answers.idea_answer, name="idea_answer"),
    path("ideas/<int:idea_id>/answer/undo/", idea_answers.idea_answer_undo, name="idea_answer_undo"),
    path("ideas/<int:idea_id>/gather/", idea_answers.idea_gather, name="idea_gather"),
    path("ideas/<int:idea_id>/place/", idea_answers.idea_place, name="idea_place"),
    path("ideas/<int:idea_id>/comments/", idea_talk.idea_comment, name="idea_comment"),
    path("ideas/<int:idea_id>/support/", idea_talk.idea_support, name="idea_support"),
    path("ideas/<int:idea_id>/follow/", idea_talk.idea_follow, name="idea_follow"),
    path("ideas/<int:idea_id>/withdraw/", idea_talk.idea_withdraw, name="idea_withdraw"),
    path("ideas/comments/<int:comment_id>/remove/", idea_talk.comment_remove, name="comment_remove"),
]
