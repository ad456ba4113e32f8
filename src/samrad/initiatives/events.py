"""What can have happened to an initiative's content."""

from dataclasses import dataclass

from samrad.eventlog.actions import Happened


@dataclass(frozen=True, kw_only=True)
class DraftStarted(Happened):
    """Someone began to describe a need."""


@dataclass(frozen=True, kw_only=True)
class ContentChanged(Happened):
    """The content was changed: which fields."""

    fields: tuple[str, ...]
    to_version: int


@dataclass(frozen=True, kw_only=True)
class FilesChanged(Happened):
    """What is attached is not what it was, so the content is another version."""

    to_version: int


@dataclass(frozen=True, kw_only=True)
class ResponsiblesSet(Happened):
    """Those responsible were named."""

    kinds: tuple[str, ...]
    person_ids: tuple[int, ...]
    fields: tuple[str, ...]
    to_version: int


@dataclass(frozen=True, kw_only=True)
class Involved(Happened):
    """Someone was let in to answer."""

    person_id: int
    responsibility: str


@dataclass(frozen=True, kw_only=True)
class VersionKept(Happened):
    """The content was kept as a version."""

    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class StageReached(Happened):
    """The initiative came a stage further, and more people may see it."""

    stage: int


@dataclass(frozen=True, kw_only=True)
class PhaseChanged(Happened):
    """The work went into another phase, or was paused, stopped or withdrawn."""

    phase: str
    status: str


@dataclass(frozen=True, kw_only=True)
class TakenIn(Happened):
    """An initiative that was under way already was taken in."""

    origin: str


@dataclass(frozen=True, kw_only=True)
class MarkedReusable(Happened):
    """It was marked as something others can reuse, so other cooperations see what it gave and cost."""

    mark_id: int


@dataclass(frozen=True, kw_only=True)
class ReuseUndone(Happened):
    """The mark was taken away, so other cooperations see nothing of it any more."""

    mark_id: int


@dataclass(frozen=True, kw_only=True)
class AuthorInvited(Happened):
    """Another person was let in to write the need."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class AuthorRemoved(Happened):
    """A person no longer writes the need."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class ForwardedToServiceDesk(Happened):
    """What was operation was forwarded to the service desk."""

    forwarding_id: int


@dataclass(frozen=True, kw_only=True)
class TakenBack(Happened):
    """What had been forwarded to the service desk was taken up again."""

    forwarding_id: int


@dataclass(frozen=True, kw_only=True)
class TakeoverAsked(Happened):
    """A mail or a ticket was made into a draft, and its right owner asked to take it over."""

    takeover_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class TakeoverAnswered(Happened):
    """The one who was asked took the draft over, or turned it down."""

    takeover_id: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class IdeaSent(Happened):
    """Someone sent an idea to the idea bank."""

    idea_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaPlaced(Happened):
    """An idea was moved to the professional field it belongs to."""

    idea_id: int
    field_id: int | None


@dataclass(frozen=True, kw_only=True)
class IdeaAnswered(Happened):
    """An idea got its answer, with a reason."""

    idea_id: int
    answer_id: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class NeedImported(Happened):
    """A need came in as a draft from another form tool."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class FormRuleAdopted(Happened):
    """What the form asks or reckons with was changed: which table, and the row."""

    table: str
    row_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaAnswerUndone(Happened):
    """The answer to an idea was taken back, so that it waits for one again."""

    idea_id: int
    answer_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaWithdrawn(Happened):
    """Whoever sent an idea took it back."""

    idea_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaCommented(Happened):
    """Someone wrote a comment or a question about an idea, or answered one."""

    idea_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaCommentRemoved(Happened):
    """A comment was removed."""

    idea_id: int
    comment_id: int


@dataclass(frozen=True, kw_only=True)
class IdeaSupported(Happened):
    """Someone supported an idea, or took the support back."""

    idea_id: int
    supported: bool


@dataclass(frozen=True, kw_only=True)
class Followed(Happened):
    """Someone began to follow an idea or an initiative, or stopped."""

    idea_id: int | None
    followed: bool


@dataclass(frozen=True, kw_only=True)
class IdeaReminded(Happened):
    """Those who owe an idea its answer were reminded, or told that the deadline has passed."""

    idea_id: int
    passed: bool


@dataclass(frozen=True, kw_only=True)
class SystemLinked(Happened):
    """The initiative was said to do something to a system; without an id, to one that is new."""

    system_id: int | None
    kind_of_link: str


@dataclass(frozen=True, kw_only=True)
class SystemUnlinked(Happened):
    """A system was taken away from the initiative."""

    system_id: int | None
    kind_of_link: str


@dataclass(frozen=True, kw_only=True)
class Copied(Happened):
    """The initiative began with texts copied from another."""

    source_id: int
