"""What is asked for in an address or a form, before anything is looked up."""

from django.http import Http404, HttpRequest, QueryDict


def id_in(text: str | None) -> int:
    """An id; anything that is no id is not found."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)


def number_in(text: str | None) -> int:
    """A whole number, as the version a form was made from; 0 where it is none, which no version and no id is."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent. An empty form that was sent is answered too, so nothing is not the same as an empty form."""
    return request.POST if request.method == "POST" else None
