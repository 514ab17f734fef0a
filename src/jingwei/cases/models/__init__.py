"""What a case is, in tables. The case carries what anyone at work may see; words, people and photos stand beside it."""

from jingwei.cases.models.case import Case
from jingwei.cases.models.catalogue import Category, Condition, Edition
from jingwei.cases.models.docket import DocketCount, DocketEntry
from jingwei.cases.models.errand import Errand
from jingwei.cases.models.learning import Learned
from jingwei.cases.models.pending import PendingPhoto, PendingReport
from jingwei.cases.models.record import Photo, Rating, Report, Stage, Step, Words
from jingwei.cases.models.signal import SignalRule
from jingwei.cases.models.work import Assignment

__all__ = [
    "Assignment",
    "Case",
    "Category",
    "Condition",
    "DocketCount",
    "DocketEntry",
    "Edition",
    "Errand",
    "Learned",
    "PendingPhoto",
    "PendingReport",
    "Photo",
    "Rating",
    "Report",
    "SignalRule",
    "Stage",
    "Step",
    "Words",
]
