"""Who may see and do what with filings."""

import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from samrad.archive.models import Filing
from samrad.core.verdict import Lack, Verdict
from samrad.organisation.actors import Actor
from samrad.organisation.policy import can_administer

CASE_NUMBER = re.compile(r"(19|20)\d{2}/\d{1,7}(-\d{1,4})?", re.A)


def can_see(by: Actor) -> Verdict:
    """May this person open the list of filings?"""
    if by.may("archive.see_filings"):
        return Verdict.yes()
    return Verdict.no(_("Only the records manager and the head of the secretariat see what is to be filed."))


def can_set_up(by: Actor, owner_id: int) -> Verdict:
    """May this person decide how the entity files? Its records manager and administrator; the system when it begins."""
    if by.may("archive.set_up", owner_id) or (not by.is_person and can_administer(by, owner_id)):
        return Verdict.yes()
    return Verdict.no(_("Only the records manager and the administrator can set up the archive."))


def is_folder(text: str) -> Verdict:
    """Is it a folder one may file to: a name under the house's own, or a path the operator has allowed?"""
    path = Path(text)
    if path.is_absolute():
        allowed = any(path.is_relative_to(root) for root in settings.ARCHIVE_FOLDERS) and ".." not in path.parts
        why = _("The operator has not opened this path. Write a name, or ask the operator.")
    else:
        allowed = all(re.fullmatch(r"[\w][\w. -]*", part) for part in path.parts) and "\x00" not in text
        why = _("Write a plain name of a folder, like «inn» or «samrad/2026».")
    return Verdict.yes() if allowed else Verdict.no(why, (Lack(why, "id_folder"),))


def can_register(by: Actor, filing: Filing) -> Verdict:
    """May this person enter the case number by hand?"""
    if filing.state == Filing.State.FILED:
        return Verdict.no(_("The document is filed already."))
    if by.may("archive.register_by_hand", filing.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the records manager can enter the case number."))


def can_retry(by: Actor, filing: Filing) -> Verdict:
    """May this person ask for another try?"""
    if filing.state != Filing.State.FAILED:
        return Verdict.no(_("Only a filing that has failed can be tried again."))
    if by.may("archive.retry", filing.owner_id):
        return Verdict.yes()
    return Verdict.no(_("Only the records manager can try again."))


def is_case_number(text: str) -> Verdict:
    """Does it look like a case number: year, stroke, number?"""
    if CASE_NUMBER.fullmatch(text):
        return Verdict.yes()
    return Verdict.no(_("Write the case number like 2026/1234 or 2026/1234-1."))
