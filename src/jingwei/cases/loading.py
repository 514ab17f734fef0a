"""What stands beside a case, loaded once and kept on the case for whoever asks again: permits, offers, the record."""

from django.db.models import Prefetch, prefetch_related_objects

from jingwei.cases.models import Assignment, Case, Errand, Report, Stage, Step


def load_beside(case: Case) -> None:
    """What was recorded of a case, with the names that pages show: eight queries, none the second time.

    A case that is about to change is loaded anew under its lock (`store.load`), so nothing kept here decides a move.
    """
    prefetch_related_objects(
        [case],
        Prefetch("assignments", Assignment.objects.select_related("department", "member").order_by("sent_at", "pk")),
        Prefetch("reports", Report.objects.select_related("member").order_by("received_at")),
        Prefetch("errands", Errand.objects.order_by("number")),
        Prefetch("steps", Step.objects.select_related("actor", "department", "on_behalf_of").order_by("pk")),
        Prefetch("stages", Stage.objects.select_related("department").order_by("pk")),
        "steps__words",
        "ratings",
    )
