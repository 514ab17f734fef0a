import json
from dataclasses import replace

import pytest

from jingwei.kernel.public import FactRow, Refused
from jingwei.people.factors import passkeys
from jingwei.people.factors.passkeys import Party, add_passkey, ask_to_make, ask_to_show, remove_passkey, take_passkey
from jingwei.people.factors.rules import Way, factors_of
from jingwei.people.models import Member, Passkey
from jingwei.people.testing import a_member
from jingwei.people.tests.softkey import HOST, ORIGIN, SoftKey

pytestmark = pytest.mark.django_db
SITE = Party(host=HOST, origin=ORIGIN, name="Jingwei")


def made(member, key=None, party=SITE, **changed):
    key = key or SoftKey()
    question = ask_to_make(member, party)
    given = {"name": "phone", "answer": key.make(question.options), "challenge": question.challenge, "party": party}
    add_passkey(member, **{**given, "by": member, **changed})
    return key


def shown(key, member=None, party=SITE, **changed):
    question = ask_to_show(party, member)
    given = {"challenge": question.challenge, "party": party, "address": "192.0.2.1", "member": member}
    return take_passkey(changed.pop("answer", None) or key.show(question.options), **{**given, **changed})


def test_a_passkey_is_made_kept_by_its_public_half_and_shown():
    member = a_member()
    key = made(member)

    assert shown(key) == member
    assert shown(key, member) == member
    passkey = Passkey.objects.get()
    assert (passkey.name, passkey.counter, passkey.transports) == ("phone", 2, ["internal"])
    assert passkey.last_used_at is not None
    assert factors_of(member) == [Way.PASSKEY]
    assert FactRow.objects.get(kind="people.factor_added").data["factor"] == "passkey"


def test_a_device_that_holds_one_already_is_left_out_when_another_is_made():
    member = a_member()
    key = made(member)
    options = json.loads(ask_to_make(member, SITE).options)

    assert len(options["excludeCredentials"]) == 1
    with pytest.raises(Refused, match="known already"):
        made(member, key)


def test_the_same_passkey_is_nobody_else_s():
    key = made(a_member())

    with pytest.raises(Refused, match="known already"):
        made(a_member(), key)


@pytest.mark.parametrize("wrong", [{"origin": "https://elsewhere.test"}, {"host": "elsewhere.test"}])
def test_another_site_s_answer_is_not_taken(wrong):
    member = a_member()
    with pytest.raises(Refused, match="could not be taken"):
        made(member, SoftKey(**wrong))

    key = made(member)
    for name, value in wrong.items():
        setattr(key, name, value)
    with pytest.raises(Refused, match="does not open an account"):
        shown(key)


def test_a_device_that_does_not_ask_its_owner_is_not_enough():
    member = a_member()
    with pytest.raises(Refused, match="could not be taken"):
        made(member, SoftKey(is_verified=False))

    key = made(member)
    key.is_verified = False
    with pytest.raises(Refused, match="does not open"):
        shown(key)


def test_an_answer_to_another_question_is_not_taken():
    member = a_member()
    with pytest.raises(Refused, match="could not be taken"):
        made(member, challenge=b"0" * 32)

    key = made(member)
    with pytest.raises(Refused, match="does not open"):
        shown(key, challenge=b"0" * 32)


def test_a_copied_device_is_noticed_by_its_counter():
    member = a_member()
    key = made(member)
    shown(key)
    key.counter = 0

    with pytest.raises(Refused, match="does not open"):
        shown(key)


def test_another_device_with_the_same_name_is_not_the_same():
    key = made(a_member())
    forger = SoftKey()
    forger.id = key.id

    with pytest.raises(Refused, match="does not open"):
        shown(forger)


def test_an_unknown_passkey_that_of_another_and_that_of_a_closed_account_read_the_same():
    member, other = a_member(), a_member()
    key = made(member)
    Member.objects.filter(pk=member.pk).update(is_active=False)

    for attempt in (lambda: shown(SoftKey()), lambda: shown(key, other), lambda: shown(key)):
        with pytest.raises(Refused, match=r"^This passkey does not open an account here\. Try another way\.$"):
            attempt()


@pytest.mark.parametrize("answer", ["", "{", "[]", "null", "{}", '{"rawId": 5}', '{"rawId": "!"}', "x" * 20_000])
def test_nonsense_instead_of_an_answer_is_refused_in_words(answer):
    with pytest.raises(Refused):
        take_passkey(answer, challenge=b"", party=SITE, address="192.0.2.1")
    with pytest.raises(Refused):
        made(a_member(), answer=answer or "-")


def test_an_address_may_not_try_forever(monkeypatch):
    monkeypatch.setattr(passkeys, "BY_ADDRESS", replace(passkeys.BY_ADDRESS, limit=2))
    key = made(a_member())
    shown(key)
    for _ in range(2):
        with pytest.raises(Refused, match="does not open"):
            shown(SoftKey())

    with pytest.raises(Refused, match="Too many tries"):
        shown(key)


def test_a_member_has_ten_at_most(monkeypatch):
    monkeypatch.setattr(passkeys, "MOST", 1)
    member = a_member()
    made(member)

    with pytest.raises(Refused, match="1 passkeys already"):
        made(member)


def test_passkeys_are_made_and_removed_by_their_owner_and_the_last_one_stays():
    member = a_member()
    with pytest.raises(Refused, match="their own"):
        made(member, by=a_member())
    made(member)
    first = Passkey.objects.get()
    with pytest.raises(Refused, match="their own"):
        remove_passkey(first, by=a_member())
    with pytest.raises(Refused, match="last second factor"):
        remove_passkey(first, by=member)

    made(member)
    remove_passkey(Passkey.objects.get(pk=first.pk), by=member)
    assert Passkey.objects.count() == 1


@pytest.mark.parametrize(
    ("host", "origin", "can"),
    [
        ("jingwei.test", "https://jingwei.test", True),
        ("jingwei.test", "http://jingwei.test", False),
        ("localhost", "http://localhost:8000", True),
        ("127.0.0.1", "http://127.0.0.1:8000", False),
        ("[::1]", "https://[::1]", False),
    ],
)
def test_browsers_make_passkeys_for_names_over_https(host, origin, can):
    assert Party(host=host, origin=origin, name="").can is can
