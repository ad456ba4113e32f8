"""What is asked for in an address or a form, before anything is looked up."""

from django.http import Http404


def id_in(text: str | None) -> int:
    """An id; anything that is no id is not found."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)


def number_in(text: str | None) -> int:
    """A whole number, as the version a form was made from; 0 where it is none, which no version and no id is."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0
