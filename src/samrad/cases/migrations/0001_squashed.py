import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('cases', '0001_initial'), ('cases', '0002_decision_rounds')]

    initial = True

    dependencies = [
        ('governance', '0001_squashed'),
        ('initiatives', '0001_squashed'),
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('submission', 'New initiative'), ('gate', 'Decision gate'), ('change', 'Change'), ('deviation', 'Deviation'), ('round', 'Prioritisation round'), ('orientation', 'Orientation')], default='submission', max_length=12)),
                ('state', models.CharField(default='draft', max_length=28)),
                ('routing_rule', models.CharField(blank=True, max_length=60)),
                ('gates', models.CharField(default='BP1', max_length=20)),
                ('opened_at', models.DateTimeField()),
                ('state_since', models.DateTimeField()),
                ('due_date', models.DateField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('archive_ref', models.CharField(blank=True, max_length=40)),
                ('version', models.PositiveIntegerField(default=1)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('case_officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='initiatives.initiative')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'state'], name='case_state_owner'), models.Index(fields=['shared_with', 'state'], name='case_state_share')],
            },
        ),
        migrations.CreateModel(
            name='CaseInitiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='further', to='cases.case')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'initiative'), name='case_initiative_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('chief_executive', 'Chief executive'), ('political', 'Political level'), ('secretariat', 'Secretariat'), ('line', 'Line'), ('introduction', 'Taken in at introduction')], max_length=16)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('outcome', models.CharField(blank=True, choices=[('approved', 'Approved'), ('approved_with_conditions', 'Approved with conditions'), ('rejected', 'Rejected'), ('deferred', 'Deferred'), ('sent_back', 'Sent back')], max_length=24)),
                ('text', models.TextField(blank=True)),
                ('amount_kr', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('authority', models.CharField(blank=True, max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='cases.case')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'municipality', 'level', 'round'), name='one_decision_per_municipality'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='decision_has_outcome_and_time')],
            },
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('due_date', models.DateField(blank=True, null=True)),
                ('met_at', models.DateTimeField(blank=True, null=True)),
                ('met_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='cases.decision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('recommended', 'Recommended'), ('with_conditions', 'Recommended with conditions'), ('develop_idea', 'Develop the idea further'), ('describe_project', 'Describe as a project'), ('map_benefits', 'Map the benefits'), ('defer', 'Defer'), ('advise_against', 'Advised against'), ('return', 'Return: not digitalisation'), ('orientation', 'Taken as information')], max_length=20)),
                ('text', models.TextField()),
                ('reason', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.body')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recommendations', to='cases.case')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('object_id', models.BigIntegerField(blank=True, null=True)),
                ('role', models.CharField(blank=True, max_length=40)),
                ('unit_id', models.BigIntegerField(blank=True, null=True)),
                ('field_id', models.BigIntegerField(blank=True, null=True)),
                ('due_date', models.DateField(blank=True, null=True)),
                ('opened_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='cases.case')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('entity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='initiatives.initiative')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['due_date', 'opened_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['person', 'due_date'], name='task_open_person'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['role', 'entity', 'due_date'], name='task_open_role'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['case'], name='task_open_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', False), models.Q(('role', ''), _negated=True), _connector='OR'), name='task_waits_for_someone')],
            },
        ),
    ]
