"""Webhooks at the desk and at the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jingwei.exchange.webhooks.events import offered_kinds
from jingwei.exchange.webhooks.kinds import TITLES
from jingwei.exchange.webhooks.models import Subscription
from jingwei.exchange.webhooks.testing import a_subscription
from jingwei.people.testing import STREET, a_holder, check_both_faces, let_in
from jingwei.places.public import Level, ancestor
from jingwei.places.testing import an_area

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Hall", "url": "https://example.org/hook", "kinds": ["case.moved"], "areas": ""}


@pytest.fixture
def admin(client):
    district = an_area(ancestor(STREET, Level.DISTRICT)).pk
    return let_in(client, a_holder("administrator", district))


def test_a_secret_is_shown_once_and_kept_encrypted(admin):
    page = admin.post("/desk/webhooks/", GIVEN)
    made = Subscription.objects.get()
    assert made.secret in page.content.decode()
    assert made.secret not in admin.get(f"/desk/webhooks/{made.pk}/").content.decode()
    renewed = admin.post(f"/desk/webhooks/{made.pk}/secret/").content.decode()
    assert Subscription.objects.get().secret != made.secret
    assert Subscription.objects.get().secret in renewed


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/hook",
        "https://example.org:5432/",
        "https://user:pass@example.org/",
        "ftp://example.org/",
        "https://",
        "https://a b/",
        "https://example.org:x/",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_is_never_called_is_refused(admin, url):
    answer = admin.post("/desk/webhooks/", {**GIVEN, "url": url})
    assert answer.status_code == 422
    assert not Subscription.objects.exists()


def test_every_kind_is_offered_by_its_title_and_its_code(admin):
    assert set(offered_kinds()) <= set(TITLES)
    assert (
        "A case was reported or moved (case.moved)"
        in admin.get("/desk/webhooks/", headers={"accept-language": "en"}).content.decode()
    )


@pytest.mark.parametrize("change", [{"kinds": []}, {"kinds": ["people.member_signed_in"]}, {"areas": "x"}])
def test_what_is_not_offered_is_refused(admin, change):
    assert admin.post("/desk/webhooks/", {**GIVEN, **change}).status_code == 422
    assert not Subscription.objects.exists()


def test_a_subscription_is_switched_tried_replayed_and_deleted(admin):
    hook = a_subscription()
    page = f"/desk/webhooks/{hook.pk}/"
    admin.post(f"{page}switch/")
    assert Subscription.objects.get().state == "off"
    admin.post(f"{page}trial/")
    assert Subscription.objects.get().trial_wanted_at is not None
    assert admin.post(f"{page}replay/", {}).status_code == 422
    assert admin.post(f"{page}replay/", {"after_seq": 10**12}).status_code == 422
    assert admin.post(f"{page}replay/", {"after_seq": 0}).status_code == 302
    assert admin.get("/desk/webhooks/").status_code == 200
    admin.post(f"{page}delete/")
    assert not Subscription.objects.exists()


def test_one_that_was_given_up_says_so_on_its_page(admin):
    hook = a_subscription()
    Subscription.objects.filter(pk=hook.pk).update(is_on=False, died_at=hook.created_at)
    for page in ("/desk/webhooks/", f"/desk/webhooks/{hook.pk}/"):
        assert 'data-kind="bad"' in admin.get(page).content.decode()


def test_both_faces_of_the_permit_agree():
    a_subscription()
    district = an_area(ancestor(STREET, Level.DISTRICT)).pk
    members = [a_holder("administrator", district), a_holder("security_officer", district)]
    assert check_both_faces("webhooks.manage", Subscription, members) == (1, 1)


def test_the_command_does_the_same():
    out = StringIO()
    call_command("webhooks", "add", "Hall", "https://example.org/hook", "--kind", "case.moved", stdout=out)
    hook = Subscription.objects.get()
    assert hook.secret in out.getvalue()
    call_command("webhooks", "off", str(hook.pk))
    call_command("webhooks", "replay", str(hook.pk), "--after", "0")
    listed = StringIO()
    call_command("webhooks", "list", stdout=listed)
    assert "off" in listed.getvalue()
    with pytest.raises(CommandError):
        call_command("webhooks", "replay", str(hook.pk), "--since", "yesterday")
    with pytest.raises(CommandError):
        call_command("webhooks", "on", "999999")
