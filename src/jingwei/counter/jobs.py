"""Bringing in the tickets of a file, in the background."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jingwei.counter.models import TicketSheet
from jingwei.counter.tickets.sheets import run_tickets
from jingwei.kernel.public import WHOLE, opened


@app.task(name="counter.run_ticket_sheet", queue="upkeep", retry=RetryStrategy(max_attempts=3, wait=10))
def run_ticket_sheet(key: str) -> None:
    with opened(WHOLE):
        sheet = TicketSheet.objects.filter(pk=key, state=TicketSheet.State.RUNNING).first()
    if sheet is not None:
        run_tickets(sheet)
