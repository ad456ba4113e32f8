import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('council', '0001_initial'), ('council', '0002_draft_outcome'), ('council', '0003_minutes_paper'), ('council', '0004_changes_votes_statements')]

    initial = True

    dependencies = [
        ('cases', '0001_squashed'),
        ('documents', '0001_squashed'),
        ('governance', '0001_squashed'),
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('year', models.PositiveSmallIntegerField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=120)),
                ('remote_link', models.URLField(blank=True)),
                ('state', models.CharField(choices=[('planned', 'Being planned'), ('notice_sent', 'Notice sent'), ('held', 'Held, minutes being written'), ('approved', 'Minutes approved'), ('cancelled', 'Cancelled')], default='planned', max_length=12)),
                ('calendar_uid', models.CharField(max_length=80)),
                ('calendar_sequence', models.PositiveSmallIntegerField(default=0)),
                ('notice_sent_at', models.DateTimeField(blank=True, null=True)),
                ('notice_paper', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('minutes_note', models.TextField(blank=True)),
                ('minutes_paper', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='governance.body')),
                ('minutes_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
                ('notice_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('planned', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meeting', to='governance.plannedmeeting')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['starts_at'],
                'constraints': [models.UniqueConstraint(fields=('body', 'year', 'number'), name='meeting_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('approved_at__isnull', False), _connector='OR'), name='approved_minutes_have_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('presence', models.CharField(choices=[('present', 'Present'), ('remote', 'Present remotely'), ('absent', 'Absent')], max_length=8)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.seat')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='council.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'seat'), name='attendance_once')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('case', 'Case'), ('referral', 'Referral item'), ('information', 'Information')], default='case', max_length=12)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('paper_number', models.PositiveIntegerField(blank=True, null=True)),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('order', models.PositiveSmallIntegerField()),
                ('minutes_planned', models.PositiveSmallIntegerField(default=15)),
                ('discussion', models.TextField(blank=True)),
                ('draft_outcome', models.CharField(blank=True, choices=[('recommended', 'Recommended'), ('with_conditions', 'Recommended with conditions'), ('develop_idea', 'Develop the idea further'), ('describe_project', 'Describe as a project'), ('map_benefits', 'Map the benefits'), ('defer', 'Defer'), ('advise_against', 'Advised against'), ('return', 'Return: not digitalisation'), ('orientation', 'Taken as information')], max_length=20)),
                ('draft_text', models.TextField(blank=True)),
                ('draft_reason', models.TextField(blank=True)),
                ('votes_for', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('votes_against', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('votes_blank', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('casting_vote', models.CharField(blank=True, choices=[('for', 'For'), ('against', 'Against')], max_length=7)),
                ('treated_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='cases.case')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('recommendation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_item', to='cases.recommendation')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='council.meeting')),
            ],
            options={
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('case__isnull', False)), fields=('meeting', 'case'), name='case_once_on_agenda'), models.CheckConstraint(condition=models.Q(models.Q(('votes_against__isnull', True), ('votes_blank__isnull', True), ('votes_for__isnull', True)), models.Q(('votes_against__isnull', False), ('votes_blank__isnull', False), ('votes_for__isnull', False)), _connector='OR'), name='vote_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='MeetingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('moved', 'Moved'), ('cancelled', 'Cancelled')], max_length=9)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('from_starts_at', models.DateTimeField()),
                ('to_starts_at', models.DateTimeField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='council.meeting')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['-changed_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('record', 'Statement for the record'), ('dissent', 'Dissent')], max_length=7)),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='council.agendaitem')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('item', 'person', 'kind'), name='statement_once')],
            },
        ),
        migrations.CreateModel(
            name='Impartiality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('disqualified', models.BooleanField()),
                ('decided_at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='impartiality', to='council.agendaitem')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'person'), name='impartiality_once')],
            },
        ),
    ]
