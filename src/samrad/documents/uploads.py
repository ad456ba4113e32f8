"""Is what somebody hands in what it says it is? Judged by its content, never by its name or the browser's word."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from samrad.core.filenames import clean_name, ending_of
from samrad.core.verdict import Lack, Refused, Verdict

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "txt": "text/plain",
    "csv": "text/csv",
    "eml": "message/rfc822",
}
ACCEPT = ",".join(f".{ending}" for ending in [*TYPES, "jpeg"])
"""For the `accept` attribute of a file field."""
_OLD = {"doc", "xls", "ppt"}
_MACROS = {"docm", "xlsm", "dotm", "xltm", "pptm", "xlsb", "xlam"}
_MOST_PARTS, _MOST_UNPACKED = 5_000, 400 * 1024 * 1024
_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf")


class Upload(Protocol):
    """What a browser hands in (Django's UploadedFile)."""

    name: Any
    size: Any

    def read(self) -> bytes: ...


class Unfit(Refused):
    """The file cannot be taken in. The reason stands at the field; nothing was changed."""


@dataclass(frozen=True)
class Sound:
    """A file that is what it says it is."""

    name: str
    ending: str
    media_type: str
    content: bytes


def take_in(upload: Upload | None, *, anchor: str = "id_file") -> Sound:
    """The upload, read and checked. Raises Unfit with the reason."""
    if upload is None:
        raise _unfit(_("Choose a file."), anchor)
    limit: int = settings.MAX_UPLOAD_BYTES
    if upload.size is not None and upload.size > limit:
        raise _unfit(_too_large(limit), anchor)
    content = upload.read()
    verdict = check(str(upload.name or ""), content)
    if not verdict:
        raise _unfit(str(verdict.reason), anchor)
    ending = ending_of(str(upload.name))
    return Sound(clean_name(str(upload.name)), ending, TYPES[ending], content)


def check(name: str, content: bytes) -> Verdict:
    """Can this be taken in? With what to do when it cannot."""
    ending = ending_of(name)
    if not content:
        return Verdict.no(_("The file is empty. Choose another one."))
    if len(content) > settings.MAX_UPLOAD_BYTES:
        return Verdict.no(_too_large(settings.MAX_UPLOAD_BYTES))
    if ending in _MACROS:
        return Verdict.no(_("The file can hold macros, so it cannot be attached. Save it without macros."))
    if ending in _OLD:
        return Verdict.no(_("The file is of an older kind. Save it as DOCX, XLSX or PDF, and attach that."))
    if ending not in TYPES:
        kinds = ", ".join(TYPES).upper()
        return Verdict.no(_("This kind of file cannot be attached. You can attach %(kinds)s.") % {"kinds": kinds})
    verdict: Verdict = _CHECKS[ending](ending, content)
    return verdict


def _unfit(reason: str, anchor: str) -> Unfit:
    return Unfit(Verdict.no(reason, (Lack(reason, anchor),)))


def _too_large(limit: int) -> str:
    return _("The file is too large. The limit is %(limit)s MB.") % {"limit": max(1, limit // (1024 * 1024))}


def _lies(ending: str) -> Verdict:
    return Verdict.no(
        _("The file says it is %(kind)s, but its content is something else. Save it anew and try again.")
        % {"kind": ending.upper()}
    )


def _magic(*starts: bytes) -> Any:
    def verdict(ending: str, content: bytes) -> Verdict:
        return Verdict.yes() if content.startswith(starts) else _lies(ending)

    return verdict


def _pdf(ending: str, content: bytes) -> Verdict:
    if not content.startswith(b"%PDF-"):
        return _lies(ending)
    if b"%%EOF" not in content[-2048:]:
        return Verdict.no(_("The file is cut off or damaged. Open it, save it anew and try again."))
    return Verdict.yes()


def _written(ending: str, content: bytes) -> Verdict:
    if content.startswith(_BINARY):
        return _lies(ending)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content.decode("utf-16")
        except UnicodeDecodeError:
            return _lies(ending)
        return Verdict.yes()
    # Any bytes are some old alphabet, but no text holds these.
    controls = sum(content.count(bytes([c])) for c in (*range(9), *range(14, 27), *range(28, 32)))
    return _lies(ending) if controls else Verdict.yes()


def _mail(ending: str, content: bytes) -> Verdict:
    head = content[:65536].lower()
    if not re.match(rb"[a-z0-9-]+:[ \t]", head) or b"\nfrom:" not in b"\n" + head:
        return _lies(ending)
    return _written(ending, content)


def _packed(ending: str, content: bytes) -> Verdict:
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return Verdict.no(
            _("The file has a password, or is of an older kind. Save it anew without a password and try again.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _package(ending, package)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, EOFError, OSError, ValueError):
        return _lies(ending)


def _package(ending: str, package: zipfile.ZipFile) -> Verdict:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        return Verdict.no(_("The file becomes too large when it is unpacked, so it cannot be attached."))
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        return _lies(ending)
    if any("vbaproject" in n.lower() or n.startswith(("Basic/", "Scripts/")) for n in names):
        return Verdict.no(_("The file holds macros, so it cannot be attached. Save it without macros."))
    if ending in {"odt", "ods"}:
        said = _small(package, "mimetype").decode("ascii", "replace").strip()
        return Verdict.yes() if said == TYPES[ending] and "content.xml" in names else _lies(ending)
    types = _small(package, "[Content_Types].xml")
    if b"macroEnabled" in types:
        return Verdict.no(_("The file holds macros, so it cannot be attached. Save it without macros."))
    if _MAIN_PART[ending] not in names or TYPES[ending].encode() not in types:
        return _lies(ending)
    return Verdict.yes()


def _small(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(1024 * 1024)


_CHECKS: dict[str, Any] = {
    "pdf": _pdf,
    "docx": _packed,
    "xlsx": _packed,
    "odt": _packed,
    "ods": _packed,
    "png": _magic(b"\x89PNG\r\n\x1a\n"),
    "jpg": _magic(b"\xff\xd8\xff"),
    "txt": _written,
    "csv": _written,
    "eml": _mail,
}
