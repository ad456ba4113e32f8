"""Legal entities, who belongs to which cooperation, units, people, their roles, and what is exempt from the public."""

from datetime import date, datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samrad.core.models import Owned
from samrad.organisation.notices import Delivery


class Entity(models.Model):
    """A legal entity that can own rows: a municipality or a cooperation (kommunesamarbeid)."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        COOPERATION = "cooperation", _("Cooperation")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    municipality_number = models.CharField(max_length=4, blank=True)
    inhabitants = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=[("nb", _("Bokmål")), ("nn", _("Nynorsk"))], default="nb")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A municipality's membership of a cooperation, by date. Leaving ends the sharing without moving a row."""

    cooperation = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="memberships")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperation", "member", "valid_from"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_dates_in_order",
            ),
        ]


class MembershipRequest(models.Model):
    """A cooperation asks a municipality that has its own administrator to be a member. The municipality answers."""

    cooperation = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="membership_requests")
    valid_from = models.DateField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["cooperation", "member"],
                condition=Q(answered_at__isnull=True),
                name="one_open_membership_request",
            )
        ]


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None) -> "Account":
        account = self.model(email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """What one signs in with. Holds no name and no role: those belong to persons."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[AccountManager] = AccountManager()


class SignInAttempt(models.Model):
    """A failed attempt to sign in, for the rate limit."""

    key = models.CharField(max_length=200, db_index=True)
    at = models.DateTimeField()


class Unit(Owned):
    """A sector or a unit of a municipality or cooperation."""

    class Kind(models.TextChoices):
        SECTOR = "sector", _("Sector")
        UNIT = "unit", _("Unit")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SECTOR)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    # Who steps in when the head is away.
    substitute = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The last day of one that is retired, and the one that takes over.
    valid_to = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="unit_name_per_owner")]

    def open_on(self, day: date) -> bool:
        return self.valid_to is None or day <= self.valid_to

    def __str__(self) -> str:
        return self.name


class Person(Owned):
    """Somebody who works in, or is elected to, one legal entity (the owner)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="persons")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    language = models.CharField(max_length=2, choices=[("nb", _("Bokmål")), ("nn", _("Nynorsk"))], default="nb")
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "owner"],
                condition=Q(account__isnull=False),
                name="one_person_per_account_and_entity",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AccessLink(Owned):
    """A link with which a person chooses a password, once and before it expires. The address is signed, not stored."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # used, or replaced by a newer one
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="one_open_link_per_person"
            )
        ]

    def open_on(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at


class PeopleImport(Owned):
    """A spreadsheet of people and units on its way in, and what came of it. Once it is brought in, the file goes."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    counts = models.JSONField(default=dict, blank=True)
    refused = models.JSONField(default=list, blank=True)
    unknown = models.JSONField(default=list, blank=True)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]


class RoleAssignment(Owned):
    """A role that a person holds between two dates, for an entity and perhaps a unit, a field or a body in it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=40)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Fields and bodies belong to a later room, so these are plain numbers.
    field_id = models.BigIntegerField(null=True, blank=True)
    body_id = models.BigIntegerField(null=True, blank=True)
    # A substitute for a time: whom the role is held for.
    stands_in_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["role", "entity"], name="role_by_entity")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="role_dates_in_order",
            )
        ]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Exemption(Owned):
    """A group of fields of one initiative that is exempt from public access, by law, assessed by someone."""

    initiative_id = models.BigIntegerField(db_index=True)
    field_group = models.CharField(max_length=20)
    legal_basis = models.CharField(max_length=120)
    # The rule of the register that the basis comes from; empty where it was written by hand.
    basis_code = models.SlugField(max_length=60, blank=True, db_index=False)
    until = models.DateField(null=True, blank=True)
    assessed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["initiative_id", "field_group"],
                condition=Q(lifted_at__isnull=True),
                name="one_exemption_per_group",
            )
        ]


class NoticeChoice(Owned):
    """How one person wants to hear of one group of messages (notices.py). Where there is no row, as it usually comes."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_choices")
    group = models.CharField(max_length=20)
    delivery = models.CharField(max_length=10, choices=Delivery)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="one_choice_per_group")]


class WeeklyLetter(Owned):
    """One person's letter for one week, named by its Monday. The row is the truth, the mail job a nudge."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    week = models.DateField()
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="one_letter_a_week")]


class Notification(Owned):
    """A message to one person: in the application, and by mail. The row is the truth, the mail job a nudge."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)
    initiative_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    # How it is to come, as chosen when it was told; a weekly one waits for its letter.
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.AT_ONCE)
    letter = models.ForeignKey(WeeklyLetter, on_delete=models.SET_NULL, null=True, blank=True, related_name="told")
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["person", "-created_at"], name="notification_by_person")]
