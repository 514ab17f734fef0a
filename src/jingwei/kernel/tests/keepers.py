"""A sample table with encrypted columns."""

from django.db import models

from jingwei.kernel.encryption import BlindIndexField, EncryptedField


class Keeper(models.Model):
    name = EncryptedField(default="")
    phone = EncryptedField(null=True)
    phone_index = BlindIndexField(of="phone", purpose="lamp.keeper", null=True, unique=True)

    class Meta:
        app_label = "kernel_tests"
        db_table = "lamp_keeper"
