"""Asking a member to show who they are: the page of every way, for signing in and for what is delicate later."""

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.forms import Form
from django.utils.translation import gettext as _

from jingwei.kernel.public import Refused
from jingwei.people.factors import passkeys
from jingwei.people.factors.proving import prove, send_factor_code
from jingwei.people.factors.rules import Way
from jingwei.people.models import Member
from jingwei.people.requests import AnyRequest
from jingwei.people.signin import client_address
from jingwei.people.web.forms import PROOFS, attempt

CHALLENGE = "passkey.challenge"


@dataclass
class Asking:
    """`way` is the one that is asked for now. `is_right` once it has been shown."""

    member: Member
    ways: Sequence[Way]
    way: Way
    form: Form
    is_right: bool = False
    options: str = ""

    @property
    def others(self) -> list[Way]:
        return [one for one in self.ways if one is not self.way]

    @property
    def status(self) -> int:
        return 422 if self.form.errors else 200


def ask(request: AnyRequest, member: Member, ways: Sequence[Way]) -> Asking:
    """Ask for one of `ways`, or take the answer that has come. A text message goes only if its button was pressed."""
    named = request.POST.get("way") or request.GET.get("way")
    way = next((one for one in ways if one == named), ways[0])
    is_sending = "send" in request.POST
    form = PROOFS[way](request.POST if request.method == "POST" and not is_sending else None)
    asking = Asking(member, ways, way, form)
    if is_sending and way is Way.SMS:
        _send(request, member)
    elif form.is_valid():
        given = form.cleaned_data["answer"]
        asking.is_right = bool(attempt(form, _check, request, member, way, given))
    if way is Way.PASSKEY and not asking.is_right:
        asking.options = keep(request, passkeys.ask_to_show(party_of(request), member))
    return asking


def party_of(request: AnyRequest) -> passkeys.Party:
    """The site under the name by which the browser came; Django has seen that it is one of ours."""
    host = request.get_host()
    return passkeys.Party(host=re.sub(r":[0-9]+$", "", host), origin=f"{request.scheme}://{host}", name=_("Jingwei"))


def keep(request: AnyRequest, question: passkeys.Question) -> str:
    """Remember what was asked, in place of anything asked before. Gives what the browser is to be told."""
    request.session[CHALLENGE] = b64encode(question.challenge).decode()
    return question.options


def kept(request: AnyRequest) -> bytes:
    """What was asked, once. Refused if nothing was, or it has been answered."""
    challenge = request.session.pop(CHALLENGE, None)
    if challenge is None:
        raise Refused(_("This page is too old. Try again."))
    return b64decode(challenge)


def _check(request: AnyRequest, member: Member, way: Way, given: str) -> Way | Member:
    address = client_address(request)
    if way is not Way.PASSKEY:
        return prove(member, way, given, address=address)
    challenge, party = kept(request), party_of(request)
    return passkeys.take_passkey(given, challenge=challenge, party=party, address=address, member=member)


def _send(request: AnyRequest, member: Member) -> None:
    try:
        send_factor_code(member, address=client_address(request))
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("The code is on its way."))
