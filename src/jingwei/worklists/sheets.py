"""Results of a list as a table to take away: a line for each grid, a column for each item."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jingwei.kernel.public import allowed
from jingwei.people.public import Member, csv_answer
from jingwei.places.public import Level, ancestor, codes, names_of
from jingwei.worklists.models import Answer, Item, Task, WorkList


def results_sheet(work_list: WorkList, member: Member) -> HttpResponse:
    """CSV of the grids that the member sees. Photos and cases are named by their addresses and numbers."""
    items = list(Item.objects.filter(work_list=work_list))
    tasks = list(allowed(member, "worklists.see", Task.objects.filter(work_list=work_list)).order_by("code", "pk"))
    answers = Answer.objects.filter(task__in=tasks).select_related("case")
    there = {(one.task_id, one.item_id): one for one in answers}
    homes = {task.pk: ancestor(task.code, Level.COMMUNITY) for task in tasks}
    names = names_of({*homes.values(), *(task.code for task in tasks)})
    heads = [_("Code"), _("Community"), _("Grid"), _("Status"), *(item.title for item in items)]
    heads += [_("Photos"), pgettext("work list", "Cases")]
    rows = []
    for task in tasks:
        given = [there.get((task.pk, item.pk)) for item in items]
        photos = [reverse("worklists:photo", args=[task.pk, one.pk]) for one in given if one and one.file]
        cases = [one.case.number for one in given if one and one.case]
        place = [codes.write(task.code), names.get(homes[task.pk], ""), names.get(task.code, "")]
        texts = [one.text if one else "" for one in given]
        rows.append([*place, task.get_status_display(), *texts, " ".join(photos), " ".join(cases)])
    return csv_answer(work_list.number, heads, rows)
