import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_squashed'),
        ('governance', '0003_rules_the_program_goes_by'),
        ('initiatives', '0005_reopened'),
        ('organisation', '0002_persons_of_account'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('due_date', models.DateField()),
                ('given_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='CostPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(choices=[('equal', 'Equal shares'), ('inhabitants', 'By inhabitants'), ('mixed', 'Part equal, the rest by inhabitants'), ('use', 'By use')], max_length=12)),
                ('equal_percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('use', models.JSONField(blank=True, default=dict)),
                ('start_count', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('start_kr', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('set_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('stopped', 'Stopped'), ('paused', 'Paused'), ('resumed', 'Taken up again'), ('withdrawn', 'Withdrawn'), ('merged', 'Merged with another'), ('reopened', 'Opened anew')], max_length=10)),
                ('reason', models.TextField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='decision',
            name='case_number',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='decision',
            name='decided_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='informed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='informed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='decision',
            name='mandate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.mandate'),
        ),
        migrations.AddField(
            model_name='decision',
            name='organ',
            field=models.CharField(blank=True, choices=[('management_team', 'Management team'), ('executive_committee', 'Executive committee'), ('municipal_council', 'Municipal council')], max_length=20),
        ),
        migrations.AddField(
            model_name='decision',
            name='sent_on_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organ__in', ['executive_committee', 'municipal_council']), _negated=True), ('outcome', ''), models.Q(models.Q(('case_number', ''), _negated=True), ('decided_date__isnull', False), models.Q(('text', ''), _negated=True)), _connector='OR'), name='political_decision_is_whole'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='decision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='cases.decision'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='shared_with',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity'),
        ),
        migrations.AddField(
            model_name='costplan',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cost_plan', to='cases.case'),
        ),
        migrations.AddField(
            model_name='costplan',
            name='host',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity'),
        ),
        migrations.AddField(
            model_name='costplan',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity'),
        ),
        migrations.AddField(
            model_name='costplan',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='costplan',
            name='shared_with',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity'),
        ),
        migrations.AddField(
            model_name='turn',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='cases.case'),
        ),
        migrations.AddField(
            model_name='turn',
            name='into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative'),
        ),
        migrations.AddField(
            model_name='turn',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person'),
        ),
        migrations.AddField(
            model_name='turn',
            name='new_case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='turn',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity'),
        ),
        migrations.AddField(
            model_name='turn',
            name='shared_with',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='assignment_answer_has_time'),
        ),
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='turn_has_reason'),
        ),
    ]
