import pytest
from django.db import connection

from jingwei.kernel.testing import acting_as
from jingwei.people.checks import no_demo_accounts
from jingwei.people.models import Member
from jingwei.people.testing import a_member

pytestmark = pytest.mark.django_db


def test_a_real_site_without_demo_accounts_is_well():
    a_member("Li")

    assert no_demo_accounts() == []


def test_demo_accounts_in_a_real_site_are_an_error_that_names_them():
    a_member("Li")
    Member.objects.update(is_demo=True)

    (error,) = no_demo_accounts()

    assert error.id == "people.E001"
    assert "Li" in error.msg


def test_in_a_demo_they_are_well(surroundings):
    a_member("Li")
    Member.objects.update(is_demo=True)
    surroundings(DEMO="1")

    assert no_demo_accounts() == []


def test_a_closed_demo_account_does_no_harm():
    a_member("Li")
    Member.objects.update(is_demo=True, is_active=False)

    assert no_demo_accounts() == []


def test_a_database_that_cannot_say_is_a_warning():
    with acting_as("none"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE member RENAME COLUMN is_demo TO was_demo")

    (warning,) = no_demo_accounts()

    assert warning.id == "people.W001"
    assert "is_demo" in warning.msg
