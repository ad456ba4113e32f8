"""What can have happened to files."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class FileAttached(Happened):
    """A file was attached."""

    file_id: int
    size: int


@dataclass(frozen=True, kw_only=True)
class FileRemoved(Happened):
    """An attached file was taken away."""

    file_id: int


@dataclass(frozen=True, kw_only=True)
class FileRestored(Happened):
    """A file that was taken away was put back."""

    file_id: int


@dataclass(frozen=True, kw_only=True)
class FilesLocked(Happened):
    """The attachments became part of what was sent in."""

    file_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class PaperKept(Happened):
    """A finished paper was kept."""

    file_id: int
    paper: str


@dataclass(frozen=True, kw_only=True)
class TemplateAdopted(Happened):
    """A version of an organisation's Word template was uploaded, to be used from a day on."""

    template_id: int
    paper: str
    number: int


@dataclass(frozen=True, kw_only=True)
class TemplateEnded(Happened):
    """An organisation's Word template is used no more; the one that comes with Samråd is."""

    template_id: int
    paper: str
    number: int
