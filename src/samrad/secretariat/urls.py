from django.urls import path

from samrad.secretariat import views
from samrad.secretariat.views import asking, competence, reviewing, workspace

urlpatterns = [
    path("cases/", workspace.case_list, name="case_list"),
    path("cases/<int:pk>/officer/", workspace.case_assign, name="case_assign"),
    path("cases/<int:pk>/reviews/", reviewing.review_ask, name="review_ask"),
    path("cases/<int:pk>/reviews/<int:review_id>/withdraw/", reviewing.review_withdraw, name="review_withdraw"),
    path("reviews/<int:review_id>/", reviewing.review_answer, name="review_answer"),
    path("<int:initiative_id>/questions/", asking.exchange_list, name="exchange_list"),
    path("competence/", competence.competence_list, name="competence_list"),
    path("competence/add/", competence.competence_add, name="competence_add"),
    path("competence/<int:competence_id>/", competence.competence_change, name="competence_change"),
    path("competence/<int:competence_id>/remove/", competence.competence_remove, name="competence_remove"),
    path("cases/<int:pk>/", views.case_prepare, name="case_prepare"),
    path("cases/<int:pk>/check/", views.case_check, name="case_check"),
    path("cases/<int:pk>/assessment/", views.assessment_write, name="assessment_write"),
    path("cases/<int:pk>/note/", views.note_add, name="note_add"),
    path("cases/<int:pk>/redirect/", views.case_redirect, name="case_redirect"),
    path("cases/<int:pk>/to-line/", views.line_send, name="line_send"),
    path("cases/<int:pk>/decide/", views.mandate_decide, name="mandate_decide"),
    path("cases/<int:pk>/make-paper/", views.paper_make, name="paper_make"),
    path("cases/<int:pk>/paper/", views.paper_detail, name="paper_detail"),
    path("cases/<int:pk>/paper.pdf", views.paper_pdf, name="paper_pdf"),
    path("cases/<int:pk>/paper/<int:number>/", views.paper_detail, name="paper_version"),
    path("cases/<int:pk>/paper/<int:number>.pdf", views.paper_pdf, name="paper_version_pdf"),
]
