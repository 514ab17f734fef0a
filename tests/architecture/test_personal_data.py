"""No column without a word about the person in it: what for, on which basis, how long, for whose eyes."""

import pytest
from django.apps import apps
from django.db import models

from jingwei.kernel.permits import permits_for_tests
from jingwei.kernel.personal_data import could_be_personal, declared, held_for_no_person, unclassified
from jingwei.kernel.personal_doc import PAGE, is_permit, personal_data_page
from jingwei.kernel.public import AreaCodeField, EncryptedField
from jingwei.kernel.retention import uncarried
from jingwei.people.public import DUTIES, Member

FORBIDDEN = ("religion", "ethnic", "politic", "petition", "criminal", "fingerprint", "face_", "biometric")


def test_every_column_that_could_hold_personal_data_is_in_the_register():
    assert list(unclassified()) == [], "declare them in the personal.py of their module"


@pytest.mark.parametrize(
    ("field", "could"),
    [
        (models.CharField(), True),
        (models.TextField(), True),
        (models.JSONField(), True),
        (models.BinaryField(), True),
        (models.FloatField(), True),
        (models.DateField(), True),
        (models.BigIntegerField(), True),
        (models.GenericIPAddressField(), True),
        (EncryptedField(), True),
        (models.ForeignKey(Member, models.CASCADE), True),
        (models.OneToOneField(Member, models.CASCADE), True),
        (models.ForeignKey("places.Area", models.CASCADE), False),
        (models.CharField(choices=[("a", "A")]), False),
        (models.DateTimeField(), False),
        (models.BigAutoField(primary_key=True), False),
        (models.PositiveSmallIntegerField(), False),
        (models.BooleanField(), False),
        (AreaCodeField(), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_kinds_of_columns_that_could_hold_personal_data(field, could):
    if field.is_relation:
        field.remote_field.model = apps.get_model(field.remote_field.model) if not could else Member
    assert could_be_personal(field) is could


def test_every_retention_is_carried_out():
    assert uncarried() == [], "say who does it with carries_out in the retention.py of the module"


def test_readers_are_permits_and_duties_that_exist():
    known = {one.name for one in permits_for_tests()} | DUTIES.keys()

    named = {reader for entry in declared().values() for reader in entry.readers if is_permit(reader)}

    assert named <= known


def test_every_declaration_says_something():
    assert all(entry.purpose and entry.readers and entry.retention for entry in declared().values())
    assert all(because for because in held_for_no_person().values())


def test_there_is_no_field_for_what_we_do_not_ask():
    names = [f"{model._meta.label}.{field.name}" for model in apps.get_models() for field in model._meta.get_fields()]

    assert [name for name in names if any(word in name.lower() for word in FORBIDDEN)] == []


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == personal_data_page(), "run manage.py write_personal_data_doc"
