"""Ways in: the one-time link, the forgotten password, changing one's password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from samrad.core.acting import acting_for
from samrad.core.verdict import Refused
from samrad.organisation import queries
from samrad.organisation.actions import ask_for_link, attempt_sign_in, change_password, choose_password
from samrad.organisation.forms import AskForm, ChangePasswordForm, ChoosePasswordForm
from samrad.organisation.middleware import actor
from samrad.organisation.models import Account
from samrad.organisation.views.signing import enter


@never_cache
@sensitive_post_parameters("password", "again")
def link_open(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password with a one-time link."""
    now = timezone.now()
    found = queries.link_of(token, at=now, on=timezone.localdate(now))
    if found is None:
        return render(request, "organisation/link_gone.html", status=410)
    link, by = found
    assert link.person.account is not None  # link_of answers only where there is one
    with translation.override(request.session.get("language") or by.language):
        form = ChoosePasswordForm(request.POST or None, account=link.person.account)
        if request.method == "POST" and form.is_valid():
            with acting_for(by.entities):
                account = choose_password(by=by, at=now, link=link, password=form.cleaned_data["password"])
            enter(request, account, by.person)
            messages.success(request, _("Your password is kept. You are signed in."))
            return redirect("front")
        context = {"form": form, "person": link.person, "token": token}
        return render(request, "organisation/link_open.html", context)


def link_ask(request: HttpRequest) -> HttpResponse:
    """Have a link mailed to oneself after forgetting the password."""
    form = AskForm(request.POST or None)
    refusal, done = "", False
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        try:
            ask_for_link(email=form.cleaned_data["email"], address=address, at=timezone.now())
            done = True
        except Refused as refused:
            refusal = str(refused.verdict.reason)
    context = {
        "form": form,
        "refusal": refusal,
        "done": done,
        "mail": not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"),
    }
    return render(request, "organisation/link_ask.html", context, status=429 if refusal else 200)


@login_required
@sensitive_post_parameters("current", "password", "again")
def password_change(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    account = request.user
    assert isinstance(account, Account)  # login_required
    form = ChangePasswordForm(request.POST or None, account=account)
    status = 200
    if request.method == "POST" and form.is_valid():
        data, address, now = form.cleaned_data, request.META.get("REMOTE_ADDR", ""), timezone.now()
        try:
            known = attempt_sign_in(email=account.email, password=data["current"], address=address, at=now)
        except Refused as refused:
            known, status = None, 429
            form.add_error("current", str(refused.verdict.reason))
        if known is not None:
            change_password(by=actor(request), at=now, account=known, password=data["password"])
            update_session_auth_hash(request, known)
            messages.success(request, _("Your password is changed."))
            return redirect("front")
        if status == 200:
            form.add_error("current", _("This is not your password now."))
    return render(request, "organisation/password_change.html", {"form": form}, status=status)
