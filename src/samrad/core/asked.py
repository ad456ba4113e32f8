"""What is asked for in an address or a form, before anything is looked up."""

from django.http import Http404


def id_in(text: str | None) -> int:
    """An id; anything that is no id is not found."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)
