from datetime import timedelta
from html import unescape

import pytest
from django.db import DatabaseError
from django.db.transaction import atomic

from jingwei.kernel.public import NOWHERE, WHOLE, Refused, clock, opened
from jingwei.kernel.testing import acting_as
from jingwei.people import actions
from jingwei.people.accounts import find_accounts, has_second_officer, ids_called
from jingwei.people.actions.erasure import erase_member
from jingwei.people.models import Member, OutsideAccount, Read, Recovery, Session
from jingwei.people.reach import reach_of
from jingwei.people.recovery import open_recovery
from jingwei.people.sessions import PROOF_LIVES, SessionStore
from jingwei.people.testing import STREET, a_holder, a_member, a_resident, a_software, let_in

pytestmark = pytest.mark.django_db
DISTRICT = STREET - STREET % 10**12


@pytest.fixture
def officer():
    return a_holder("security_officer", DISTRICT, name="Officer")


@pytest.fixture
def desk(visitor, officer):
    return let_in(visitor, officer)


def page(response):
    return unescape(response.content.decode())


def test_accounts_are_found_by_name_user_name_and_whole_phone_number(officer):
    li, zhang = a_member("Li Hua", username="lihua"), a_resident("Zhang", phone="13812346620")
    a_software("Hotline")

    assert list(find_accounts(officer, words="li h")) == [li]
    assert list(find_accounts(officer, words="LIHUA")) == [li]
    assert list(find_accounts(officer, words="138 1234 6620")) == [zhang]
    assert list(find_accounts(officer, words="1381234662")) == []
    assert list(find_accounts(officer, words="Hotline")) == []
    assert list(find_accounts(officer, kind="resident")) == [zhang]


def test_accounts_are_found_by_how_a_name_is_spoken(officer):
    zhang, chan = a_resident("张长青"), a_resident("单晓")

    assert [list(find_accounts(officer, words=words)) for words in ("zhangcq", "zcq", "长", "changqing")] == [
        [],
        [zhang],
        [zhang],
        [zhang],
    ]
    assert list(find_accounts(officer, words="shanxiao")) == [chan]


def test_names_of_residents_are_found_by_those_alone_who_manage_accounts(officer):
    """What the function of the database gives is within the reach that is open."""
    resident, worker = a_resident("张长青"), a_member("张三")

    def called(who):
        with opened(reach_of(who)):
            return set(ids_called("张"))

    assert called(officer) == {resident.pk, worker.pk}
    assert called(a_holder("leader", STREET)) == {worker.pk}
    assert called(resident) == {resident.pk, worker.pk}
    with opened(NOWHERE):
        assert ids_called("张") == []
    with acting_as("jw_worker"), opened(WHOLE), pytest.raises(DatabaseError, match="permission denied"), atomic():
        ids_called("张")


def test_who_does_not_manage_accounts_finds_none():
    a_member("Li")

    assert not find_accounts(a_holder("leader", STREET), words="Li").exists()


def test_closed_accounts_have_a_list_of_their_own(officer):
    li = a_member("Li")
    actions.close_member(li, by=None)

    assert li not in find_accounts(officer)
    assert list(find_accounts(officer, is_closed=True)) == [li]


def test_the_list_is_read_page_by_page(desk, monkeypatch):
    monkeypatch.setattr("jingwei.people.accounts.PAGE", 2)
    names = [a_member(f"Person {n}").name for n in range(3)]
    first = desk.get("/desk/accounts/", {"q": "Person"})
    after = Member.objects.get(name=names[1]).pk
    second = desk.get("/desk/accounts/", {"q": "Person", "after": after})

    assert [name in page(first) for name in names] == [True, True, False]
    assert f"after={after}" in page(first)
    assert [name in page(second) for name in names] == [False, False, True]
    assert desk.get("/desk/accounts/", {"after": "x", "kind": "y"}).status_code == 200


def test_the_list_costs_the_same_for_many(desk, django_assert_max_num_queries):
    for _ in range(20):
        a_member()
    with django_assert_max_num_queries(12):
        desk.get("/desk/accounts/")


def test_looking_at_an_account_is_noted(desk, officer):
    li = a_member("Li", username="li")
    shown = page(desk.get(f"/desk/accounts/{li.pk}/"))

    assert "Nobody has come into this account yet." in shown
    noted = Read.objects.get(kind="people.account")
    assert (noted.subject_id, noted.reader_id) == (li.pk, officer.pk)


def test_whether_there_is_a_second_officer_is_said(desk, officer):
    li = a_member("Li", password="plum tree lane")
    assert not has_second_officer(officer)
    assert "manage recover_account" in page(desk.get(f"/desk/accounts/{li.pk}/"))
    a_holder("security_officer", DISTRICT)

    assert has_second_officer(officer)
    assert "manage recover_account" not in page(desk.get(f"/desk/accounts/{li.pk}/"))


def test_an_account_is_made_and_its_owner_invited(desk):
    given = {"name": "Li Hua", "username": "lihua", "phone": "138 1234 6620"}
    made = desk.post("/desk/accounts/new/", given)
    li = Member.objects.get(username="lihua")
    invited = desk.post(f"/desk/accounts/{li.pk}/invite/")

    assert made.url == f"/desk/accounts/{li.pk}/"
    assert (li.name, li.phone, li.kind) == ("Li Hua", "13812346620", "staff")
    assert "The code for Li Hua" in page(invited)
    assert "no-store" in invited["Cache-Control"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "li hua"}, "Letters, digits, dot"),
        ({"username": "taken"}, "is taken"),
        ({"phone": "12345"}, "A mobile number has 11 digits"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_an_account_that_cannot_be_made_is_told_why(desk, changed, said):
    a_member(username="taken")
    answered = desk.post("/desk/accounts/new/", {"name": "Li", "username": "li", "phone": "", **changed})

    assert answered.status_code == 422
    assert said in page(answered)


def test_an_officer_signs_a_member_out_on_one_device_or_all(desk):
    li = a_member("Li")
    stores = [SessionStore() for _ in range(3)]
    for store in stores:
        store.begin(li, "Firefox")
    desk.post(f"/desk/accounts/{li.pk}/sign-out/", {"device": stores[0].digest[:16]})
    assert Session.objects.filter(member=li).count() == 2
    desk.post(f"/desk/accounts/{li.pk}/sign-out/")

    assert not Session.objects.filter(member=li).exists()


def test_an_account_is_closed_and_opened_again(desk, officer):
    li = a_member("Li")
    desk.post(f"/desk/accounts/{li.pk}/close/")
    assert not Member.objects.get(pk=li.pk).is_active
    desk.post(f"/desk/accounts/{li.pk}/close/")
    assert Member.objects.get(pk=li.pk).is_active

    told = desk.post(f"/desk/accounts/{officer.pk}/close/", follow=True)
    assert "Nobody closes their own account." in page(told)


def test_an_account_that_is_open_again_is_not_counted_as_closed_and_an_erased_one_stays_away(desk):
    li = a_member("Li")
    actions.close_member(li, by=None)
    assert actions.reopen_member(li, by=None).closed_at is None

    erase_member(li, by=None)
    with pytest.raises(Refused, match="was erased"):
        actions.reopen_member(li, by=None)


def test_an_erased_account_leaves_neither_reason_nor_account_elsewhere(officer):
    li = a_member("Li")
    open_recovery(li, reason="Phone lost, known by face", by=officer)
    given = {"provider": "gov", "issuer": "https://gov.test", "subject": "17", "linked_at": clock.now()}
    OutsideAccount.objects.create(member=li, **given)
    erase_member(li, by=None)

    assert Recovery.objects.get().reason == ""
    assert not OutsideAccount.objects.exists()


def test_what_is_delicate_asks_the_officer_once_more(visitor, officer):
    li = a_member("Li")
    with clock.frozen(clock.now() - PROOF_LIVES):
        let_in(visitor, officer)
    here = f"/desk/accounts/{li.pk}/"
    for path in ("invite/", "recover/", "close/"):
        answered = visitor.post(here + path, {"back": here, "reason": "x"})
        assert answered.url == f"/me/confirm/?next=%2Fdesk%2Faccounts%2F{li.pk}%2F"

    assert Member.objects.get(pk=li.pk).is_active
    assert not Recovery.objects.exists()


def test_a_recovery_without_a_reason_stays_on_the_page(desk):
    li = a_member("Li", password="plum tree lane")
    answered = desk.post(f"/desk/accounts/{li.pk}/recover/", {"reason": ""})

    assert answered.status_code == 422
    assert "This field is required." in page(answered)


def test_a_recovery_is_withdrawn_from_the_page(desk, officer):
    li = a_member("Li", password="plum tree lane")
    desk.post(f"/desk/accounts/{li.pk}/recover/", {"reason": "Phone lost"})
    made = Recovery.objects.get()
    assert "Another officer has to approve it." in page(desk.get(f"/desk/accounts/{li.pk}/"))
    desk.post(f"/desk/recoveries/{made.pk}/withdraw/")

    assert Recovery.objects.get().withdrawn_at - made.opened_at < timedelta(minutes=5)


def test_software_has_no_page_here(desk):
    assert desk.get(f"/desk/accounts/{a_software().pk}/").status_code == 404
