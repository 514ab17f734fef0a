from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_contacts_are_encrypted")]

    operations = [
        migrations.RemoveField(model_name="report", name="name_plain"),
        migrations.RemoveField(model_name="report", name="phone_plain"),
    ]
