import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('overview', '0001_windows'), ('overview', '0002_self_check')]

    initial = True

    dependencies = [
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenInitiative',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('title_sort', models.CharField(max_length=240)),
                ('field_name', models.CharField(max_length=80, null=True)),
                ('stage', models.PositiveSmallIntegerField(choices=[(0, 'Draft'), (1, 'In anchoring'), (2, 'Submitted'), (3, 'Recommended or decided')])),
                ('state', models.CharField(max_length=28, null=True)),
                ('since', models.DateTimeField()),
                ('exempt', models.JSONField(null=True)),
                ('benefits', models.JSONField(null=True)),
                ('benefit_kr', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('benefit_hours', models.BigIntegerField(null=True)),
                ('one_off_kr', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('annual_kr', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('internal_hours', models.PositiveIntegerField(null=True)),
                ('participant_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('reference', models.CharField(max_length=20)),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('need', models.JSONField(null=True)),
                ('drawbacks', models.TextField(null=True)),
                ('recommendations', models.JSONField(null=True)),
                ('decisions', models.JSONField(null=True)),
                ('progress', models.JSONField(null=True)),
            ],
            options={
                'db_table': 'overview_openinitiative',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Openness',
            fields=[
                ('house', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='organisation.entity')),
                ('since', models.DateField()),
                ('submitted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('decided', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
            ],
            options={
                'db_table': 'overview_openness',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='ReusableInitiative',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('title_sort', models.CharField(max_length=240)),
                ('field_name', models.CharField(max_length=80, null=True)),
                ('stage', models.PositiveSmallIntegerField(choices=[(0, 'Draft'), (1, 'In anchoring'), (2, 'Submitted'), (3, 'Recommended or decided')])),
                ('state', models.CharField(max_length=28, null=True)),
                ('since', models.DateTimeField()),
                ('exempt', models.JSONField(null=True)),
                ('benefits', models.JSONField(null=True)),
                ('benefit_kr', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('benefit_hours', models.BigIntegerField(null=True)),
                ('one_off_kr', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('annual_kr', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ('internal_hours', models.PositiveIntegerField(null=True)),
                ('house_name', models.CharField(max_length=120)),
                ('phase', models.CharField(choices=[('idea', 'Idea'), ('concept', 'Concept'), ('plan', 'Planning'), ('execute', 'Execution'), ('close', 'Closing'), ('realise', 'Realising benefits'), ('done', 'Finished')], max_length=10)),
                ('result', models.TextField()),
            ],
            options={
                'db_table': 'overview_reusableinitiative',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='SelfCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('scores', models.JSONField(default=dict)),
                ('note', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=0)),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['year'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'year'), name='one_self_check_a_year')],
            },
        ),
    ]
