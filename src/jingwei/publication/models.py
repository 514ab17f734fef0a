"""What everybody may see of cases: tables of their own, in which nothing else stands. Who decided it, facts say."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jingwei.cases.public import Case, Photo, Status
from jingwei.kernel.public import AreaCodeField
from jingwei.people.public import Member

SHOWN = Q(is_shown=True)


class PublicCase(models.Model):
    """A case as everybody may know it, kept from facts. Where it is not shown, title and point are empty.

    `cell` is the square of the map in which its point lies, `street` and `community` are the areas above it.
    """

    class Reason(models.TextChoices):
        PERSON = "person", _("It says who is concerned")
        SAFETY = "safety", _("Knowing of it could endanger somebody")
        INQUIRY = "inquiry", _("It is part of an inquiry")
        WRONG = "wrong", _("Its title is wrong or hurtful")

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    code = AreaCodeField()
    community = models.BigIntegerField()
    street = models.BigIntegerField()
    category_code = models.CharField(max_length=4)
    title = models.CharField(max_length=120, default="", blank=True)
    status = models.CharField(max_length=10, choices=Status)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)

    reported_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    rated_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, default="", blank=True)

    is_excluded = models.BooleanField(default=False)  # by an appeal: whether it was in time counts in no figure
    is_shown = models.BooleanField(default=True)
    supporters = models.PositiveIntegerField(default=0)
    hidden_at = models.DateTimeField(null=True)
    hidden_because = models.CharField(max_length=8, choices=Reason, default="", blank=True)

    class Meta:
        db_table = "public_case"
        constraints = [
            models.CheckConstraint(name="what_is_hidden_is_not_shown", condition=Q(hidden_at=None) | ~SHOWN),
            models.CheckConstraint(
                name="what_is_not_shown_says_nothing",
                condition=SHOWN | Q(title="", longitude__isnull=True, latitude__isnull=True, cell__isnull=True),
            ),
        ]
        indexes = [
            models.Index(F("reported_at").desc(), F("case").desc(), name="public_newest", condition=SHOWN),
            models.Index("street", F("reported_at").desc(), F("case").desc(), name="public_street", condition=SHOWN),
            models.Index(
                "community", F("reported_at").desc(), F("case").desc(), name="public_community", condition=SHOWN
            ),
            models.Index(
                "category_code", F("reported_at").desc(), F("case").desc(), name="public_category", condition=SHOWN
            ),
            models.Index(  # the map is read from the index alone
                "cell",
                F("reported_at").desc(),
                name="public_cell",
                condition=SHOWN,
                include=["number", "title", "category_code", "status", "longitude", "latitude", "due_at", "handled_at"],
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_rated(self) -> bool:
        return self.rated_at is not None

    @property
    def was_on_time(self) -> bool | None:
        """Whether the promise was met; None while it runs, where nothing was promised, or where it does not count."""
        if self.due_at is None or self.handled_at is None or self.is_excluded:
            return None
        return self.handled_at <= self.due_at


class Support(models.Model):
    """That a case concerns a member too, and whether they want to hear how it goes on."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    is_concerned = models.BooleanField(default=False)
    follows = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        db_table = "public_support"
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="one_support_a_case_and_member")]


class ReleasedPhoto(models.Model):
    """A photo that somebody has looked at and released. It goes when the photo goes."""

    photo = models.OneToOneField(Photo, primary_key=True, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    file = models.CharField(max_length=120)
    moment = models.CharField(max_length=6)
    released_at = models.DateTimeField()

    class Meta:
        db_table = "public_photo"


class PublicFigure(models.Model):
    """What a year of public cases of a class in an area comes to; `major` "" is all of them.

    `timed`: so many were promised and handled, `on_time` of them in time.
    """

    id = models.BigAutoField(primary_key=True)
    area = AreaCodeField()
    major = models.CharField(max_length=2, default="", blank=True)
    reported = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()
    timed = models.PositiveIntegerField()
    on_time = models.PositiveIntegerField()
    median_hours = models.FloatField(null=True)
    reckoned_at = models.DateTimeField()

    class Meta:
        db_table = "public_figure"
        constraints = [models.UniqueConstraint(fields=["area", "major"], name="one_figure_an_area_and_class")]
