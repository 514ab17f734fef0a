"""Whom a case concerns is theirs alone to see; the worker is told who follows one, for telling them."""

from django.db import migrations

from jingwei.kernel.row_security import Definer, Protect


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_reach"), ("publication", "0001_publication")]

    operations = [
        Protect("public_support", own=("member_id",)),
        Definer(
            "followers_of(uuid)",
            "followers_of(wanted uuid) RETURNS SETOF bigint LANGUAGE sql STABLE",
            "SELECT member_id FROM public_support WHERE case_id = wanted AND follows ORDER BY member_id",
        ),
    ]
