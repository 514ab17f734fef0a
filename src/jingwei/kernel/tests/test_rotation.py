"""A new key taken into use: everything is encrypted anew, found all the while, and counted."""

import pytest

from jingwei.kernel import rotation
from jingwei.kernel.encryption import blind_index
from jingwei.kernel.rotation import rotate, values_by_key
from jingwei.kernel.tests.keepers import Keeper

OLD, NEW = ("old", b"o" * 32), ("new", b"n" * 32)

pytestmark = pytest.mark.django_db


@pytest.fixture
def keepers(keeper_table, keys):
    """Five rows under the old key; the new one has come into force."""
    keys(OLD)
    for number in range(4):
        Keeper.objects.create(name=f"Keeper {number}", phone=f"1390000000{number}")
    Keeper.objects.create(name="", phone=None)
    keys(OLD, NEW)


def found(phone):
    return Keeper.objects.filter(phone_index__in=Keeper._meta.get_field("phone_index").under_any_key(phone)).get()


def test_rotation_leaves_nothing_under_the_old_key(keepers, keys, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    assert values_by_key([Keeper]) == {"old": 8, "new": 0}
    assert found("13900000002").name == "Keeper 2"

    assert rotate(Keeper) == 4

    assert values_by_key([Keeper]) == {"old": 0, "new": 8}
    keys(NEW)
    assert [(row.name, row.phone) for row in Keeper.objects.order_by("pk")] == [
        *((f"Keeper {number}", f"1390000000{number}") for number in range(4)),
        ("", None),
    ]
    assert bytes(found("13900000002").phone_index) == blind_index("13900000002", "lamp.keeper")


def test_rotation_goes_on_where_it_was_broken_off(keepers, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    rotation._rotate_batch(Keeper)
    assert values_by_key([Keeper]) == {"old": 6, "new": 2}

    assert rotate(Keeper) == 3
    assert rotate(Keeper) == 0
