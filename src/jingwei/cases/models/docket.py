"""The docket: open cases by who has them on the desk. Kept by the actions, read by every working list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jingwei.cases.models.case import Case


class DocketEntry(models.Model):
    """One open case in one holder's hands, once more while it is warned, or one of its errands, which may outlast it.

    A queue is one index range of this table in due order.
    """

    class Holder(models.TextChoices):
        AREA = "a", _("Area")
        DEPARTMENT = "d", _("Department")
        MEMBER = "m", _("Member")

    class Tray(models.TextChoices):
        TO_FILE = "file", _("To file")
        TO_DISPATCH = "dispatch", _("To dispatch")
        BELOW = "below", _("Filed at another level")
        TO_ACCEPT = "accept", _("To accept")
        IN_HAND = "hand", _("In hand")
        TO_CHECK = "check", _("To check")
        SUSPENDED = "pause", _("Suspended")
        SUPERVISED = "answer", _("Supervised")
        TO_CALL_BACK = "call", _("To call back")
        TO_MEET = "meeting", _("Review meeting")
        TO_EXTEND = "extend", _("Asked for more time")
        TO_CONFIRM = "confirm", _("To confirm")
        TO_SUSPEND = "suspend", _("Asked to suspend")
        APPEALED = "appeal", _("Appeals")
        TO_INSPECT = "inspect", _("To inspect")
        WARNED = "warned", _("Warned")

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="docket", db_index=False)
    holder = models.CharField(max_length=1, choices=Holder)
    holder_id = models.BigIntegerField()
    is_party = models.BooleanField(default=False)  # the holder has an assignment, rather than watches over one
    tray = models.CharField(max_length=8, choices=Tray)
    category_code = models.CharField(max_length=4, default="")
    due_at = models.DateTimeField()

    class Meta:
        db_table = "case_docket"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "holder", "holder_id", "tray"], name="one_entry_a_case_holder_and_tray"
            )
        ]
        indexes = [
            models.Index("holder", "holder_id", "due_at", "case", name="docket_due"),
            models.Index("holder", "holder_id", "tray", "due_at", "case", name="docket_tray_due"),
            models.Index("holder", "holder_id", "category_code", "due_at", "case", name="docket_category_due"),
        ]


Tray = DocketEntry.Tray
COURSE = (Tray.TO_FILE, Tray.TO_DISPATCH, Tray.BELOW, Tray.TO_ACCEPT, Tray.IN_HAND, Tray.TO_CHECK, Tray.SUSPENDED)
"""Trays of the course of a case: an open one lies in just one of them a holder. The others hold what it asks besides:
its errands, and a warned one once more.
"""


class DocketCount(models.Model):
    """How many entries a holder has by tray and day due, as a ledger of changes that a job folds together.

    Changes are added, never updated in place, so that a thousand reports at once do not queue for one row.
    """

    id = models.BigAutoField(primary_key=True)
    holder = models.CharField(max_length=1)
    holder_id = models.BigIntegerField()
    tray = models.CharField(max_length=8)
    due_on = models.DateField()
    amount = models.IntegerField()

    class Meta:
        db_table = "case_docket_count"
        indexes = [models.Index("holder", "holder_id", "tray", "due_on", name="docket_count_key", include=["amount"])]
