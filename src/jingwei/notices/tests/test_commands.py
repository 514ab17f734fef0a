"""The command that tries out the ways that messages take."""

import pytest
from django.core.management import CommandError, call_command

from jingwei.notices.models import Notice
from jingwei.people.testing import a_member, a_resident

pytestmark = [pytest.mark.django_db, pytest.mark.role("jw_worker")]


def test_test_message_says_what_became_of_it(gateway, capsys):
    resident = a_resident(phone="13900000009")
    call_command("send_test_notice", "13900000009")
    said = capsys.readouterr().out
    assert "Text message: sent" in said
    assert "E-mail: not set up here" in said
    assert gateway.asked[0]["phone"] == "13900000009"
    assert Notice.objects.of(resident).count() == 1


def test_test_message_that_does_not_get_through_fails_with_what_is_wrong(gateway, capsys):
    a_resident(phone="13900000009")
    gateway.answers = [(503, {})]
    with pytest.raises(CommandError, match="Not every way got through"):
        call_command("send_test_notice", "13900000009")
    assert "http_503" in capsys.readouterr().out


def test_nobody_is_told_by_an_unknown_name():
    a_member()
    with pytest.raises(CommandError, match="Nobody is called that"):
        call_command("send_test_notice", "nobody")
