from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0029_forecast_at")]

    operations = [
        migrations.AddField(
            model_name="measure",
            name="treated_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
