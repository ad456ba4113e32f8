"""Is a Word file a template that papers can be made from? With what to do when it is not."""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext as _
from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, meta, nodes

from samrad.core.filenames import ending_of
from samrad.core.verdict import Lack, Verdict
from samrad.documents.uploads import Sound, Unfit, Upload, take_in
from samrad.documents.word import PLACES, REQUIRED, WHOLE_LINES, context, environment, lines_with, paper_docx, sample

MOST_BYTES = 10 * 1024 * 1024
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not)
_EXTERNAL = re.compile(rb'<Relationship\b[^>]*TargetMode="External"[^>]*>', re.I)
_FORBIDDEN = ("word/embeddings/", "word/activex/", "word/vbadata")


def take_template(upload: Upload | None, *, anchor: str = "id_file") -> tuple[Sound, list[str]]:
    """The upload as a template, read and checked, with the placeholders it has. Raises Unfit with the reason."""
    if upload is not None and ending_of(str(upload.name or "")) in {"dotx", "dot", "odt", "doc"}:
        raise _unfit(_("Save the template as an ordinary Word file (.docx), and choose that."), anchor)
    sound = take_in(upload, anchor=anchor)
    if sound.ending != "docx":
        raise _unfit(_("The template must be a Word file (.docx)."), anchor)
    verdict, places = check_template(sound.content)
    if not verdict:
        raise _unfit(str(verdict.reason), anchor)
    return sound, places


def check_template(content: bytes) -> tuple[Verdict, list[str]]:
    """Can papers be made from it? And which placeholders it has."""
    if len(content) > MOST_BYTES:
        return Verdict.no(_("The template is larger than 10 MB. Make the pictures in it smaller.")), []
    try:
        verdict = _sealed(content)
        if not verdict:
            return verdict, []
        places = _places(content)
    except TemplateSyntaxError as wrong:
        text = _("A placeholder is not written rightly: %(what)s. Write it like {{ tittel }}.")
        return Verdict.no(text % {"what": str(wrong.message)[:120]}), []
    except _NotPlain:
        text = _("The template holds more than placeholders. Use only those in the list, like {{ tittel }}.")
        return Verdict.no(text), []
    except Exception:  # whatever Word's file is broken by, the answer is the same
        return Verdict.no(_("The file could not be read as Word. Open it in Word, save it anew and try again.")), []
    unknown = sorted(set(places) - set(PLACES))
    if unknown:
        text = _("The template has placeholders that Samråd does not know: %(names)s. Use those in the list.")
        return Verdict.no(text % {"names": ", ".join(unknown)}), places
    missing = [name for name in REQUIRED if name not in places]
    if missing:
        text = _("The template lacks %(names)s. Put it where the paper is to have it.")
        return Verdict.no(text % {"names": ", ".join(f"{{{{ {name} }}}}" for name in missing)}), places
    return _tried(content), places


class _NotPlain(Exception):
    """The template holds something else than placeholders."""


def _sealed(content: bytes) -> Verdict:
    """It fetches nothing from outside, runs nothing and holds no other file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        if any(name.lower().startswith(_FORBIDDEN) for name in names):
            return Verdict.no(_("The template holds other files or buttons. Take them out, and try again."))
        for name in names:
            if not name.endswith((".xml", ".rels")):
                continue
            part = package.read(name)
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                return Verdict.no(_("The file could not be read as Word. Open it in Word, save it anew and try again."))
            if any(b"/hyperlink" not in link for link in _EXTERNAL.findall(part)):
                text = _(
                    "The template fetches something from outside, a picture or another template. Put it in the file."
                )
                return Verdict.no(text)
    return Verdict.yes()


def _places(content: bytes) -> list[str]:
    """The placeholders in the body, the headers and the footers."""
    template = DocxTemplate(io.BytesIO(content))
    template.init_docx()
    parts = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _relation, part in template.get_headers_footers(uri):
            parts.append(template.patch_xml(template.get_part_xml(part)))
    found: set[str] = set()
    for part in parts:
        tree = environment().parse(part)
        if not all(isinstance(node, _PLAIN) for node in tree.find_all(nodes.Node)):
            raise _NotPlain
        found |= meta.find_undeclared_variables(tree)
    return sorted(found)


def _tried(content: bytes) -> Verdict:
    """Filled with a case that does not exist, it comes out whole."""
    try:
        paper = sample("", "nb")
        filled = DocxTemplate(io.BytesIO(content))
        filled.render(context(paper), jinja_env=environment())
        document: Document = filled.docx
        if not lines_with(document, "innhold"):
            text = _("{{ innhold }} must stand alone on its line in the text, not in the header or beside other words.")
            return Verdict.no(text)
        made = paper_docx(paper, content)
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            left = WHOLE_LINES["opplysninger"].encode() in package.read("word/document.xml")
    except Exception:  # whatever it is broken by, the answer is the same
        return Verdict.no(_("The template could not be filled. Open it in Word, save it anew and try again."))
    if left:
        return Verdict.no(_("{{ opplysninger }} must stand alone on its line."))
    return Verdict.yes()


def _unfit(reason: str, anchor: str) -> Unfit:
    return Unfit(Verdict.no(reason, (Lack(reason, anchor),)))
