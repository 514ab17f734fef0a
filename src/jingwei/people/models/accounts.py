"""Accounts and the ways in: members, sessions, API keys, sign-in codes, counters of tries."""

from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jingwei.kernel.public import AreaCodeField, BlindIndexField, EncryptedField, clock
from jingwei.people.posts import Post, posts_of
from jingwei.people.queries import MEMBER_PHONE, MemberQuerySet, SignInCodeQuerySet, today

LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
SESSION_HANDLE = 16
PHONE = RegexValidator(r"^1[3-9][0-9]{9}$", _("A mobile number has 11 digits and begins with 1."))


class Member(AbstractBaseUser):
    """Someone who can sign in, or software that holds keys.

    `posts` are what they hold today: loaded along with the member by sessions, keys and `load_member`, asked for
    once otherwise.
    """

    class Kind(models.TextChoices):
        STAFF = "staff", _("Staff")
        RESIDENT = "resident", _("Resident")
        SOFTWARE = "software", _("Software")

    last_login = None
    username = models.CharField(_("user name"), max_length=60, unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=60)
    phone = EncryptedField(_("phone"), null=True, blank=True, validators=[PHONE])
    phone_index = BlindIndexField(of="phone", purpose=MEMBER_PHONE, null=True, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    language = models.CharField(_("language"), max_length=7, choices=LANGUAGES, default="zh-hans")
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(default=False)  # its password or code is printed for all to see
    created_at = models.DateTimeField(default=clock.now)
    seen_on = models.DateField(default=today)  # when they last came in
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = MemberQuerySet.as_manager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        db_table = "member"
        constraints = [
            models.CheckConstraint(
                name="member_has_way_in",
                condition=Q(kind="staff", username__isnull=False)
                | Q(kind="resident", phone__isnull=False)
                | Q(username__isnull=True, phone__isnull=True, erased_at__isnull=False)
                | Q(kind="software", username__isnull=True, phone__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        return posts_of(self.pk, today())

    @property
    def department_ids(self) -> frozenset[int]:
        """The member's departments and all below them."""
        return frozenset().union(*(post.department_ids for post in self.posts))

    @property
    def is_away(self) -> bool:
        """On leave or otherwise absent today, so that their duties rest."""
        return any(post.rests for post in self.posts)

    @property
    def stands_for(self) -> tuple[int, ...]:
        """The member, and whoever the member stands in for today."""
        return (self.pk, *sorted({post.principal_id for post in self.posts if post.principal_id is not None}))

    def has_duty(self, duty: str) -> bool:
        """Whether any post of today gives `duty`, wherever that is."""
        return any(duty in post.duties for post in self.posts)


class ApiKey(models.Model):
    """Lets software in. Kept as the SHA-256 of a token that was shown once; `prefix` is the part that finds it.

    It gives `duties` at each area of `codes`; `code` is the smallest area that holds them all.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    duties = ArrayField(models.CharField(max_length=40), verbose_name=_("duties"))
    codes = ArrayField(AreaCodeField(), verbose_name=_("areas"))
    code = AreaCodeField()
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        db_table = "api_key"
        constraints = [
            models.CheckConstraint(name="api_key_gives_something", condition=~Q(duties=[]) & ~Q(codes=[])),
        ]


class Session(models.Model):
    """A browser that is signed in, or is about to be (no member yet). Found by the SHA-256 of its cookie.

    `ways` is how its member showed who they are, `proved_at` when they last did.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="sessions")
    data = models.JSONField(default=dict)
    user_agent = models.CharField(max_length=250, default="")
    ways = ArrayField(models.CharField(max_length=12), default=list)
    proved_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    active_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "session"
        indexes = [models.Index("expires_at", name="session_by_expiry")]

    @property
    def handle(self) -> str:
        """What names it on screens, among the sessions of its member."""
        return self.digest[:SESSION_HANDLE]


class SignInCode(models.Model):
    """The last code sent to a phone. Both are kept as keyed hashes; good once, for ten minutes and five tries."""

    phone_index = models.BinaryField(primary_key=True)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = SignInCodeQuerySet.as_manager()

    class Meta:
        db_table = "sign_in_code"
        indexes = [models.Index("expires_at", name="sign_in_code_by_expiry")]


class RateCounter(models.Model):
    """How often something was tried by someone. `subject` is a keyed hash of a name, a phone or an address."""

    pk = models.CompositePrimaryKey("scope", "subject")
    scope = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    begins_at = models.DateTimeField()
    latest_at = models.DateTimeField()

    class Meta:
        db_table = "rate_counter"
        indexes = [models.Index("latest_at", name="rate_counter_by_age")]
