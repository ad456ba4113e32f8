"""Who may see and do what with filings."""

import re

from django.utils.translation import gettext as _

from samrad.archive.models import Filing
from samrad.core.verdict import Verdict
from samrad.organisation.actors import Actor

CASE_NUMBER = re.compile(r"(19|20)\d{2}/\d{1,7}(-\d{1,4})?", re.A)


def can_see(by: Actor) -> Verdict:
    """May this person open the list of filings?"""
    if by.may("archive.see_filings"):
        return Verdict.yes()
    return Verdict.no(_("Only the records manager and the head of the secretariat see what is to be filed."))


def can_register(by: Actor, filing: Filing) -> Verdict:
    """May this person enter the case number by hand?"""
    if filing.state == Filing.State.FILED:
        return Verdict.no(_("The document is filed already."))
    if by.may("archive.register_by_hand", filing.owner_id, filing.shared_with_id):
        return Verdict.yes()
    return Verdict.no(_("Only the records manager can enter the case number."))


def can_retry(by: Actor, filing: Filing) -> Verdict:
    """May this person ask for another try?"""
    if filing.state != Filing.State.FAILED:
        return Verdict.no(_("Only a filing that has failed can be tried again."))
    if by.may("archive.retry", filing.owner_id, filing.shared_with_id):
        return Verdict.yes()
    return Verdict.no(_("Only the records manager can try again."))


def is_case_number(text: str) -> Verdict:
    """Does it look like a case number: year, stroke, number?"""
    if CASE_NUMBER.fullmatch(text):
        return Verdict.yes()
    return Verdict.no(_("Write the case number like 2026/1234 or 2026/1234-1."))
