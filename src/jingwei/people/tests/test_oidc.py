import json
import subprocess
import sys
import urllib.request
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from jingwei.kernel.public import FactRow, NotPermitted, Refused, providers
from jingwei.people.models import Member, OutsideAccount
from jingwei.people.oidc import client as oidc
from jingwei.people.oidc.client import Known
from jingwei.people.oidc.linking import await_account, link_account, provider_of, unlink_account
from jingwei.people.sessions import SessionStore
from jingwei.people.testing import STREET, a_holder, a_member, a_resident, let_in
from jingwei.people.tests.provider import CLIENT, SECRET

pytestmark = pytest.mark.django_db
DISTRICT = STREET - STREET % 10**12
FAULTS = [
    "nonce",
    "no_nonce",
    "audience",
    "no_aud",
    "several",
    "issuer",
    "expired",
    "no_exp",
    "subject",
    "no_sub",
    "unknown_key",
    "forged",
    "alg_none",
    "shared_secret",
]


@pytest.fixture(scope="module")
def running():
    program = Path(__file__).parent / "provider.py"
    process = subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True)
    yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    process.terminate()
    process.wait(10)


@pytest.fixture
def site(running, surroundings):
    """The provider, set up here under the key `gov`."""
    given = {"key": "gov", "label": "政务账号", "label_en": "Government account", "issuer": running}
    said = [{**given, "client_id": CLIENT, "client_secret": SECRET}]
    surroundings(OIDC=json.dumps(said), OUTGOING_HOSTS=urlsplit(running).netloc, STAFF_FACTOR="optional")
    tell(running, "")
    oidc.forget_everything()
    return running


def tell(running, fault):
    urllib.request.urlopen(f"{running}/fault?is={fault}").close()


@pytest.fixture
def li():
    return a_member("Li", username="li", password="plum tree lane")


def linked(member, subject="user-17"):
    provider = provider_of("gov")
    return link_account(member, provider, Known(provider.issuer, subject, ""), by=member)


def page(response):
    return unescape(response.content.decode())


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given):
        return None


def there_and_back(address):
    """What the provider sends the browser back with."""
    try:
        urllib.request.build_opener(NoRedirect).open(address)
    except urllib.error.HTTPError as answer:
        back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def comes_by(client, next_page="/desk/"):
    gone = client.get("/sign-in/with/gov/", {"next": next_page})
    return client.get(there_and_back(gone.url))


def test_a_linked_account_signs_in(visitor, site, li):
    linked(li)
    done = comes_by(visitor)

    assert done.url == "/desk/"
    store = SessionStore(visitor.cookies["sessionid"].value)
    assert (store.member, store.ways) == (li, ("sso",))
    assert OutsideAccount.objects.get().last_used_at is not None


def test_the_browser_goes_there_with_state_nonce_and_challenge(visitor, site):
    gone = urlsplit(visitor.get("/sign-in/with/gov/").url)
    asked = {name: values[0] for name, values in parse_qs(gone.query).items()}

    assert f"{gone.scheme}://{gone.netloc}" == site
    assert asked["redirect_uri"] == "http://testserver/sign-in/with/gov/back/"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


@pytest.mark.parametrize("fault", FAULTS)
def test_an_id_token_that_does_not_hold_lets_nobody_in(visitor, site, li, fault):
    linked(li)
    tell(site, fault)
    done = comes_by(visitor)

    assert done.url == "/sign-in/"
    visitor.cookies["django_language"] = "en"
    assert "Government account did not confirm who you are." in page(visitor.get("/sign-in/"))
    assert not FactRow.objects.filter(kind="people.member_signed_in").exists()


def test_a_provider_that_speaks_for_another_is_not_believed(visitor, site):
    tell(site, "other_issuer")
    done = visitor.get("/sign-in/with/gov/")

    assert done.url == "/sign-in/"
    assert "cannot be reached now" in page(visitor.get("/sign-in/"))


def test_new_keys_of_the_provider_are_found_but_not_asked_for_at_every_try(visitor, site, li, monkeypatch):
    linked(li)
    assert comes_by(visitor).url == "/desk/"
    visitor.post("/sign-out/")
    urllib.request.urlopen(f"{site}/turn-keys").close()
    assert comes_by(visitor).url == "/sign-in/"

    monkeypatch.setattr(oidc, "KEYS_AGAIN_AFTER", 0)
    assert comes_by(visitor).url == "/desk/"


@pytest.mark.parametrize(
    "changed",
    [{"state": "another"}, {"state": ""}, {"code": ""}, {"iss": "https://elsewhere.test"}, {"code": "another"}],
)
def test_an_answer_to_another_question_is_not_taken(visitor, site, li, changed):
    linked(li)
    back = urlsplit(there_and_back(visitor.get("/sign-in/with/gov/").url))
    given = {name: values[0] for name, values in parse_qs(back.query).items()}

    assert visitor.get(back.path, {**given, **changed}).url == "/sign-in/"
    assert visitor.get(back.path, given).url == "/sign-in/"


def test_another_browser_s_answer_is_not_taken(visitor, site, li):
    linked(li)
    back = there_and_back(visitor.get("/sign-in/with/gov/").url)

    assert Client().get(back).url == "/sign-in/"


def test_an_account_that_nobody_linked_makes_nobody_staff(visitor, site):
    done = comes_by(visitor)

    assert done.url == "/sign-in/"
    assert "is not linked to one here" in page(visitor.get("/sign-in/"))
    assert not Member.objects.exists()


def test_a_closed_account_is_not_opened_from_elsewhere(visitor, site, li):
    linked(li)
    Member.objects.update(is_active=False)

    assert comes_by(visitor).url == "/sign-in/"


def test_the_own_second_factor_is_asked_for_unless_the_site_does_it(visitor, site, li, surroundings):
    linked(li)
    surroundings(STAFF_FACTOR="required")
    assert comes_by(visitor).url == "/sign-in/set-up/"

    given = {"key": "gov", "label": "x", "label_en": "x", "issuer": site, "is_strong": True}
    surroundings(OIDC=json.dumps([{**given, "client_id": CLIENT, "client_secret": SECRET}]))
    assert comes_by(Client()).url == "/desk/"


def test_a_member_links_and_unlinks_an_account(visitor, site, li):
    let_in(visitor, li)
    shown = page(visitor.post("/me/sign-in/link/gov/"))
    address = shown.split('href="http://127')[1].split('"')[0]
    done = visitor.get(there_and_back(f"http://127{address}"), follow=True)

    assert "Your account at Government account is linked." in page(done)
    account = OutsideAccount.objects.get()
    assert (account.member, account.subject) == (li, "user-17")
    visitor.post(f"/me/sign-in/linked/{account.pk}/unlink/")
    assert not OutsideAccount.objects.exists()


def test_an_account_is_linked_to_one_member_only(site, li):
    linked(li)

    with pytest.raises(Refused, match="somebody else here"):
        linked(a_member())


def test_an_officer_says_under_which_name_somebody_comes(visitor, site, li):
    desk = let_in(Client(), a_holder("security_officer", DISTRICT))
    desk.post(f"/desk/accounts/{li.pk}/await/", {"provider": "gov", "username": "li.outside"})

    assert comes_by(visitor).url == "/desk/"
    account = OutsideAccount.objects.get()
    assert (account.member, account.subject, account.awaited) == (li, "user-17", None)
    desk.post(f"/desk/outside-accounts/{account.pk}/unlink/")
    assert not OutsideAccount.objects.exists()


def test_names_are_awaited_by_officers_for_staff_and_once(site, li):
    officer, provider = a_holder("security_officer", DISTRICT), provider_of("gov")
    with pytest.raises(NotPermitted):
        await_account(li, provider, "x", by=a_holder("leader", DISTRICT))
    with pytest.raises(Refused, match="their own account"):
        await_account(officer, provider, "x", by=officer)
    with pytest.raises(Refused, match="member of staff"):
        await_account(a_resident(), provider, "x", by=officer)
    await_account(li, provider, "x", by=officer)
    with pytest.raises(Refused, match="somebody else already"):
        await_account(a_member(), provider, "x", by=officer)
    linked(li)
    with pytest.raises(Refused, match="linked already"):
        await_account(li, provider, "y", by=officer)


def test_the_last_way_in_is_not_unlinked(site):
    member = a_member()
    account = linked(member)

    with pytest.raises(Refused, match="last way in"):
        unlink_account(account, by=member)
    assert OutsideAccount.objects.exists()


def test_the_entrance_offers_what_is_set_up(visitor, site):
    assert "Sign in with Government account" in page(visitor.get("/sign-in/"))
    assert visitor.get("/sign-in/with/nowhere/").status_code == 404


@pytest.mark.parametrize(
    "said",
    [
        "{",
        "{}",
        "[1]",
        '[{"key": "gov"}]',
        '[{"key": "Gov!", "label": "", "label_en": "", "issuer": "https://x", "client_id": "", "client_secret": ""}]',
        '[{"key": "g", "label": "", "label_en": "", "issuer": "http://x.test", "client_id": "", "client_secret": ""}]',
        '[{"key": "g", "label": "", "label_en": "", "issuer": "https://x", "client_id": "", "client_secret": 5}]',
    ],
)
def test_nonsense_in_the_setting_is_refused_without_repeating_it(said):
    with pytest.raises(ValueError, match="say a list such as"):
        providers(said)


def test_two_providers_have_two_keys():
    one = '{"key": "g", "label": "", "label_en": "", "issuer": "https://x", "client_id": "", "client_secret": "s"}'
    with pytest.raises(ValueError, match="key of its own"):
        providers(f"[{one}, {one}]")

    assert "client_secret" not in repr(providers(f"[{one}]"))
