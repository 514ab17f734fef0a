"""The desk as its tests read it: addresses, the rows of a list, the form of a move as a browser would send it."""

import re

from django.urls import reverse

from jingwei.cases.desk import Holder


def queue(holder, key="all", **query):
    return reverse("desk:queue", args=[holder, key], query=query or None)


def page_of(case):
    return reverse("desk:case", args=[case.number])


def numbers(response):
    """The numbers of the cases in a list, in its order."""
    return re.findall(r'data-number="([\d-]+)"', response.text)


def street(cast):
    return Holder("a", cast.street)


def move(case, verb, **query):
    return reverse("desk:move", args=[case.number, verb], query=query or None)


def fields_of(text):
    """What a browser would send of the form if nobody typed: hidden fields, chosen options, written words."""
    form = re.search(r'<form class="move.*?</form>', text, re.DOTALL).group()
    fields = dict(re.findall(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', form))
    fields |= dict(re.findall(r'<input type="radio"\s+name="(\w+)"\s+value="([^"]*)"[^>]*checked', form))
    for name, options in re.findall(r'<select[^>]*name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"\s+selected', options)
        fields[name] = chosen.group(1) if chosen else ""
    fields |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*([^<]*)</textarea>', form))
    return fields


def send(client, case, verb, *, headers=None, **typed):
    """Open the form, fill it in and send it."""
    opened = client.get(move(case, verb))
    assert opened.status_code == 200, opened.text
    return client.post(move(case, verb), fields_of(opened.text) | typed, headers=headers)
