"""An assistant has a time of its own to report in. Until now nobody assisted, so that no row needs one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_errands")]

    operations = [
        migrations.AddField("assignment", "accept_by", models.DateTimeField(null=True)),
    ]
