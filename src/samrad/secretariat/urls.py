from django.urls import path

from samrad.secretariat import views
from samrad.secretariat.views import ledger, ordering, routing, scoring

urlpatterns = [
    path("cases/", views.case_list, name="case_list"),
    path("cases/<int:pk>/", views.case_prepare, name="case_prepare"),
    path("cases/<int:pk>/route/", routing.case_route, name="case_route"),
    path("cases/<int:pk>/scoring/", scoring.scoring, name="scoring"),
    path("cases/<int:pk>/scoring/start/", scoring.scoring_start, name="scoring_start"),
    path("cases/<int:pk>/scoring/assessor/", scoring.assessor_name, name="assessor_name"),
    path("scores/<int:card_id>/", scoring.score_give, name="score_give"),
    path("scores/<int:card_id>/withdraw/", scoring.score_withdraw, name="score_withdraw"),
    path("order/", ordering.order, name="order"),
    path("order/<int:pk>/", ordering.order_place, name="order_place"),
    path("order/<int:pk>/restore/", ordering.order_restore, name="order_restore"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/<int:year>/", ledger.ledger, name="ledger_year"),
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
