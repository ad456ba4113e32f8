"""Files as people have them, made here so that no binary lies in the repository."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\0" * 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
EXE = b"MZ\x90\x00" + b"\0" * 100
_OFFICE = "application/vnd.openxmlformats-officedocument."


def package(parts: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def docx(**extra: str) -> bytes:
    types = f'<Types><Override ContentType="{_OFFICE}wordprocessingml.document.main+xml"/></Types>'
    return package({"[Content_Types].xml": types, "word/document.xml": "<x/>", **extra})


def xlsx(**extra: str) -> bytes:
    types = f'<Types><Override ContentType="{_OFFICE}spreadsheetml.sheet.main+xml"/></Types>'
    return package({"[Content_Types].xml": types, "xl/workbook.xml": "<x/>", **extra})


def odf(kind: str, **extra: str) -> bytes:
    return package({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>", **extra})
