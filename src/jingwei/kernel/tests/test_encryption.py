"""Encrypted columns: what is kept, what is read back, and what is refused."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from jingwei.kernel.encryption import Unreadable, blind_index, blind_indexes, decrypt, encrypt, key_id
from jingwei.kernel.tests.keepers import Keeper

PLACE = "lamp_keeper.phone"
OLD, NEW = ("old", b"o" * 32), ("new", b"n" * 32)


@given(st.text(max_size=200))
def test_a_text_comes_back_as_it_was(text):
    assert decrypt(encrypt(text, PLACE), PLACE) == text


def test_equal_texts_look_different_and_nothing_stays_nothing():
    assert encrypt("13912345172", PLACE) != encrypt("13912345172", PLACE)
    assert encrypt("", PLACE) == b""


@given(st.data())
def test_a_value_that_was_changed_anywhere_is_refused(data):
    value = encrypt("13912345172", PLACE)
    at = data.draw(st.integers(0, len(value) - 1))
    bit = data.draw(st.integers(0, 7))

    with pytest.raises(Unreadable):
        decrypt(value[:at] + bytes([value[at] ^ 1 << bit]) + value[at + 1 :], PLACE)


@pytest.mark.parametrize("length", range(1, 40))
def test_a_value_that_was_cut_short_is_refused(length):
    with pytest.raises(Unreadable):
        decrypt(encrypt("13912345172", PLACE)[:length], PLACE)


def test_a_value_cannot_be_moved_to_another_column():
    with pytest.raises(Unreadable, match="comes from another column"):
        decrypt(encrypt("13912345172", PLACE), "lamp_keeper.name")


def test_the_last_key_encrypts_and_the_others_still_decrypt(keys):
    keys(OLD)
    before = encrypt("one", PLACE)
    keys(OLD, NEW)
    after = encrypt("two", PLACE)

    assert (key_id(before), key_id(after)) == ("old", "new")
    assert (decrypt(before, PLACE), decrypt(after, PLACE)) == ("one", "two")
    keys(NEW)
    with pytest.raises(Unreadable, match="the key “old”, which JINGWEI_FIELD_KEYS does not hold"):
        decrypt(before, PLACE)


def test_a_digest_depends_on_key_and_purpose_and_is_found_under_any_key(keys):
    keys(OLD)
    before = blind_index("13912345172", "member.phone")
    assert before != blind_index("13912345172", "sign_in_code.phone")
    assert before == blind_index("13912345172", "member.phone")
    keys(OLD, NEW)

    assert blind_index("13912345172", "member.phone") != before
    assert blind_indexes("13912345172", "member.phone") == [before, blind_index("13912345172", "member.phone")]


@pytest.mark.django_db
def test_a_row_keeps_its_texts_encrypted_and_is_found_by_the_digest(keeper_table):
    made = Keeper.objects.create(name="李", phone="13912345172")

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, phone_index FROM lamp_keeper")
        (name, phone, index) = (bytes(column) for column in cursor.fetchone())
    assert "李".encode() not in name
    assert b"139" not in phone
    assert index == blind_index("13912345172", "lamp.keeper")
    assert (Keeper.objects.get().name, Keeper.objects.get().phone) == ("李", "13912345172")
    found = Keeper.objects.filter(phone_index__in=Keeper._meta.get_field("phone_index").under_any_key("13912345172"))
    assert found.get() == made


@pytest.mark.django_db
def test_a_digest_follows_its_value(keeper_table):
    keeper = Keeper.objects.create(name="李", phone="13912345172")
    keeper.phone = None
    keeper.save()

    keeper.refresh_from_db()
    assert (keeper.phone, keeper.phone_index) == (None, None)


@pytest.mark.parametrize("lookup", ["phone", "phone__contains", "phone__gt"])
def test_an_encrypted_column_cannot_be_searched(lookup):
    with pytest.raises(FieldError, match="Unsupported lookup"):
        Keeper.objects.filter(**{lookup: "13912345172"})
