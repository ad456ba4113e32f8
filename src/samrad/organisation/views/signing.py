"""Signing in and out, who one is, what one has been told, and who may do what."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from samrad.core.asked import id_in
from samrad.core.verdict import Refused
from samrad.organisation import queries
from samrad.organisation.actions import attempt_sign_in, choose_notices, read_notifications
from samrad.organisation.forms import NoticesForm, SignInForm
from samrad.organisation.middleware import PERSON_KEY, actor
from samrad.organisation.models import Account, Notification

BACKEND = "samrad.organisation.middleware.AccountBackend"
PAGE = 25


def _next(request: HttpRequest, default: str = "/") -> str:
    """Where one was going, if it is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and "\n" not in wanted else default


def enter(request: HttpRequest, account: Account, person_id: int | None = None) -> None:
    """Sign in as an account, and as one of its persons where one is chosen."""
    login(request, account, backend=BACKEND)
    request.session.pop(PERSON_KEY, None)
    if person_id is not None:
        request.session[PERSON_KEY] = person_id


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with e-mail and password."""
    form = SignInForm(request.POST or None)
    refusal, status = "", 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            account = attempt_sign_in(
                email=data["email"],
                password=data["password"],
                address=request.META.get("REMOTE_ADDR", ""),
                at=timezone.now(),
            )
        except Refused as refused:
            account, refusal, status = None, str(refused.verdict.reason), 429
        if account is not None:
            enter(request, account)
            several = len(queries.persons_to_choose(account, on=timezone.localdate())) > 1
            return redirect("organisation:person_choose") if several else redirect(_next(request))
        refusal = refusal or _("The e-mail and the password do not match. Check both, and try again.")
    if request.method == "GET" and not settings.DEMO and queries.nobody_yet():
        return render(request, "organisation/welcome.html")
    context = {"form": form, "refusal": refusal, "next": _next(request, ""), "demo": settings.DEMO}
    return render(request, "organisation/sign_in.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    language = request.session.get("language")
    logout(request)
    if language:
        request.session["language"] = language
    messages.success(request, _("You are signed out."))
    return redirect("organisation:sign_in")


def demo_people(request: HttpRequest) -> HttpResponse:
    """In the demo: pick one of its people and sign in as them."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        person = queries.demo_person(id_in(request.POST.get("person")))
        if person is None or person.account is None:
            raise Http404
        enter(request, person.account, person.pk)
        return redirect(_next(request))
    groups = queries.demo_people(on=timezone.localdate())
    context = {"groups": groups, "next": _next(request, "")}
    return render(request, "organisation/demo_people.html", context)


@login_required
def person_choose(request: HttpRequest) -> HttpResponse:
    """Choose whom to act as, when one works for several organisations."""
    assert isinstance(request.user, Account)  # login_required
    people = queries.persons_to_choose(request.user, on=timezone.localdate())
    if request.method == "POST":
        chosen = id_in(request.POST.get("person"))
        if chosen not in {person.pk for person in people}:
            raise Http404
        request.session[PERSON_KEY] = chosen
        return redirect(_next(request))
    context = {"people": people, "current": actor(request).person_id, "next": _next(request, "")}
    return render(request, "organisation/person_choose.html", context)


@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Read the pages in bokmål or nynorsk."""
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        request.session["language"] = language
    return redirect(_next(request))


@login_required
def notification_list(request: HttpRequest) -> HttpResponse:
    """What one has been told, newest first."""
    told = queries.notifications_of(actor(request))
    page = Paginator(told, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "unread": told.filter(read_at__isnull=True).count()}
    return render(request, "organisation/notification_list.html", context)


@login_required
@require_POST
def notification_open(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Mark a notification as read, and go to what it is about."""
    by = actor(request)
    try:
        told = queries.notifications_of(by).get(pk=notification_id)
    except Notification.DoesNotExist as error:
        raise Http404 from error
    read_notifications(by=by, at=timezone.now(), notification_id=told.pk)
    ours = told.path.startswith("/") and not told.path.startswith("//")
    return redirect(told.path if ours else "organisation:notification_list")


@login_required
@require_POST
def notification_read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notifications as read."""
    read_notifications(by=actor(request), at=timezone.now())
    return redirect("organisation:notification_list")


@login_required
def notice_choose(request: HttpRequest) -> HttpResponse:
    """Choose how to hear of things."""
    by = actor(request)
    form = NoticesForm(request.POST or None, chosen=queries.notice_choices(by))
    if request.method == "POST" and form.is_valid():
        choose_notices(by=by, at=timezone.now(), chosen=form.cleaned_data)
        messages.success(request, _("Your choices are kept. They count from now on."))
        return redirect("organisation:notice_choose")
    return render(request, "organisation/notice_choose.html", {"form": form})


@login_required
def role_matrix(request: HttpRequest) -> HttpResponse:
    """Which role may do what."""
    roles, rows = queries.role_matrix()
    return render(request, "organisation/role_matrix.html", {"roles": roles, "rows": rows})
