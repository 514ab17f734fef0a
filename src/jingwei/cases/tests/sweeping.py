"""A sweep in a process of its own, in small batches: `python -m jingwei.cases.tests.sweeping MOMENT`."""

import sys
from datetime import datetime

import django

if __name__ == "__main__":
    django.setup()
    from jingwei.cases.actions import sweep_signals

    sweep_signals(datetime.fromisoformat(sys.argv[1]), at_once=3)
