"""A file that is handed out: what it is, what it is called, and that nobody but who asked keeps it."""

from django.http import HttpResponse

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "zip": "application/zip",
}


def download(content: bytes | str, name: str) -> HttpResponse:
    """The file under this name; what kind it is, is said by how the name ends."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
