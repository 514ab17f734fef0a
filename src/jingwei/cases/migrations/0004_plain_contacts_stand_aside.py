import jingwei.kernel.encryption
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_pending_report")]

    operations = [
        operation
        for name, longest in (("name", 80), ("phone", 20))
        for operation in (
            migrations.RenameField(model_name="report", old_name=name, new_name=f"{name}_plain"),
            migrations.AddField(
                model_name="report",
                name=name,
                field=jingwei.kernel.encryption.EncryptedField(blank=True, default="", max_length=longest),
            ),
        )
    ]
