"""Rules of signals: what follows when a clock runs out. Nothing about people."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jingwei.cases.models.case import Case
from jingwei.cases.signals.kinds import Signal, Whom
from jingwei.cases.workflow import Level


class SignalRule(models.Model):
    """For one signal: which cases it is for, and what is done. Of those that fit a case the first holds.

    Empty: of any class, level, urgency. A class is a code or the beginning of codes.
    """

    number = models.PositiveSmallIntegerField(pgettext_lazy("rule", "order"), unique=True)
    signal = models.CharField(pgettext_lazy("rule", "signal"), max_length=8, choices=Signal)
    category_code = models.CharField(pgettext_lazy("rule", "category"), max_length=4, default="", blank=True)
    level = models.CharField(pgettext_lazy("rule", "level"), max_length=9, choices=Level, default="", blank=True)
    urgency = models.CharField(
        pgettext_lazy("rule", "urgency"), max_length=9, choices=Case.Urgency, default="", blank=True
    )
    tell = models.JSONField(pgettext_lazy("rule", "tell"), default=list, blank=True)  # of `Whom`
    makes_urgent = models.BooleanField(pgettext_lazy("rule", "make it urgent"), default=False)
    raises = models.BooleanField(pgettext_lazy("rule", "raise it by a level"), default=False)

    class Meta:
        db_table = "case_signal_rule"
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.number)

    @property
    def told(self) -> list[Whom]:
        return [whom for whom in Whom if whom in self.tell]

    def fits(self, signal: str, case: Case) -> bool:
        return (
            self.signal == signal
            and case.category_code.startswith(self.category_code)
            and self.level in ("", case.level)
            and self.urgency in ("", case.urgency)
        )

    def covers(self, other: "SignalRule") -> bool:
        """Whether it fits every case that `other` fits."""
        return (
            self.signal == other.signal
            and other.category_code.startswith(self.category_code)
            and self.level in ("", other.level)
            and self.urgency in ("", other.urgency)
        )
