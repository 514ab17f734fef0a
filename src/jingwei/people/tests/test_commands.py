from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from jingwei.people.keys import authenticate_key
from jingwei.people.loading import load_member
from jingwei.people.models import Member
from jingwei.people.testing import STREET

pytestmark = pytest.mark.django_db


def printed(*words, **options) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue().strip()


def test_the_first_officer_of_a_site_is_created_with_a_password_that_works():
    password = printed("create_staff", "li", "Li", "security_officer", "990101")
    member = load_member(Member.objects.get(username="li").pk)

    assert member.check_password(password)
    assert member.has_duty("people.accounts")


@pytest.mark.parametrize(
    ("role", "at", "said"),
    [
        ("gardener", "990101", "no role"),
        ("security_officer", "990101001", "at these levels"),
        ("leader", "9", "not an area code"),
    ],
)
def test_an_account_that_could_not_be_posted_is_not_created(role, at, said):
    with pytest.raises(CommandError, match=said):
        printed("create_staff", "li", "Li", role, at)

    assert not Member.objects.exists()


def test_a_key_is_printed_once_and_opens():
    token = printed("create_api_key", "hotline", "--duty", "cases.report", "--duty", "cases.see", "--at", "990101001")
    software = authenticate_key(f"Bearer {token}")

    assert software.name == "hotline"
    assert software.posts[0].first == STREET
    assert software.posts[0].duties == {"cases.report", "cases.see"}


def test_a_key_that_is_refused_leaves_no_account_behind():
    with pytest.raises(CommandError, match="cannot hold these duties"):
        printed("create_api_key", "hotline", "--duty", "people.keys", "--at", "990101")

    assert not Member.objects.exists()
