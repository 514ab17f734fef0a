"""How Chinese characters are spoken."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Model, TextField


class Reading(Model):
    """The syllables of a character in pinyin without tones, the most usual first: 长 is "zhang" and "chang".

    A dictionary, made and filled by migrations and read by functions of the database. Nothing here writes it.
    """

    character = TextField(primary_key=True)
    syllables = ArrayField(TextField())

    class Meta:
        managed = False
        db_table = "reading"
