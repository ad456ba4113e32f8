"""Files as a list shows them: the name, what it is, whether it is exempt, and where it is removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from samrad.core.components import FileLine
from samrad.documents.models import File


def file_lines(files: Iterable[File], *, exempt: Mapping[str, str] | None = None, back: str = "") -> list[FileLine]:
    """The files a person may open, as lines. `exempt`: the legal basis of each exempt group; `back`: removable from there."""
    return [_line(file, exempt or {}, back) for file in files]


def _line(file: File, exempt: Mapping[str, str], back: str) -> FileLine:
    attached = file.kind == File.Kind.ATTACHMENT
    remove = f"{reverse('documents:file_remove', args=[file.pk])}?{urlencode({'next': back})}"
    return FileLine(
        name=file.name,
        url=reverse("documents:file_download", args=[file.pk]),
        size=file.size,
        media_type=file.media_type,
        kind=file.title if attached else file.get_kind_display(),
        exempt=(exempt.get("attachments") or exempt.get(file.exempt_group, "")) if attached else "",
        note=_("Part of what was sent in") if attached and file.locked else "",
        remove_url=remove if back and attached and not file.locked else "",
    )
