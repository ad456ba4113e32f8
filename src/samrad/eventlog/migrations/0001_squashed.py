import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('eventlog', '0001_initial')]

    initial = True

    dependencies = [
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=80)),
                ('by_person_id', models.BigIntegerField(blank=True, null=True)),
                ('on_behalf_of_id', models.BigIntegerField(blank=True, null=True)),
                ('initiative_id', models.BigIntegerField(blank=True, null=True)),
                ('case_id', models.BigIntegerField(blank=True, null=True)),
                ('data', models.JSONField(default=dict)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['at', 'id'],
                'indexes': [models.Index(fields=['initiative_id', 'at', 'id'], name='event_by_initiative'), models.Index(fields=['case_id', 'at', 'id'], name='event_by_case'), models.Index(fields=['owner', 'at'], name='event_by_owner'), models.Index(fields=['kind', 'at'], name='event_by_kind')],
            },
        ),
    ]
