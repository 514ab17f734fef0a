"""Raises the alarm for every case, in a process of its own: `python -m jingwei.emergency.tests.alarming MOMENT`."""

import sys
from datetime import datetime

import django

if __name__ == "__main__":
    django.setup()
    from jingwei.cases.public import Case, alarm_case, condition_of
    from jingwei.kernel.public import WHOLE, opened
    from jingwei.people.public import Member, load_member

    fire, at = condition_of("2502", "01"), datetime.fromisoformat(sys.argv[1])
    with opened(WHOLE):
        keys = list(Case.objects.order_by("pk").values_list("pk", flat=True))
        raiser = load_member(Member.objects.get(username="raiser").pk)
    for key in keys:
        with opened(WHOLE):
            alarm_case(Case.objects.get(pk=key), condition=fire, by=raiser, now=at)
