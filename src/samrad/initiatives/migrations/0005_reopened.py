from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0004_quality_on_a_scale'),
    ]

    operations = [
        migrations.AddField(
            model_name='initiative',
            name='reopened_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
