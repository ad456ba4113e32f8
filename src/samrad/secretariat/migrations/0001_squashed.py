import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('secretariat', '0001_initial'), ('secretariat', '0002_paper_versions')]

    initial = True

    dependencies = [
        ('cases', '0001_squashed'),
        ('documents', '0001_squashed'),
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='CasePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed_outcome', models.CharField(choices=[('recommended', 'Recommended'), ('with_conditions', 'Recommended with conditions'), ('develop_idea', 'Develop the idea further'), ('describe_project', 'Describe as a project'), ('map_benefits', 'Map the benefits'), ('defer', 'Defer'), ('advise_against', 'Advised against'), ('return', 'Return: not digitalisation'), ('orientation', 'Taken as information')], max_length=20)),
                ('proposed_text', models.TextField()),
                ('sections', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='paper', to='cases.case')),
                ('frozen_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('public_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CompletenessCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('complete', models.BooleanField()),
                ('missing', models.JSONField(default=list)),
                ('note', models.TextField(blank=True)),
                ('checked_at', models.DateTimeField()),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='completeness_checks', to='cases.case')),
                ('checked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('secretariat', "The secretariat's assessment"), ('technology', 'Technology and architecture'), ('innovation', 'Innovation'), ('benefit', 'Benefits'), ('organisation', 'Organisational development'), ('privacy', 'Privacy and security'), ('finance', 'Finance')], max_length=14)),
                ('text', models.TextField(blank=True)),
                ('not_assessed_reason', models.TextField(blank=True)),
                ('written_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='cases.case')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'kind'), name='one_assessment_per_kind')],
            },
        ),
        migrations.CreateModel(
            name='InternalNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='internal_notes', to='cases.case')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_has_text')],
            },
        ),
        migrations.CreateModel(
            name='PaperVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('proposed_outcome', models.CharField(choices=[('recommended', 'Recommended'), ('with_conditions', 'Recommended with conditions'), ('develop_idea', 'Develop the idea further'), ('describe_project', 'Describe as a project'), ('map_benefits', 'Map the benefits'), ('defer', 'Defer'), ('advise_against', 'Advised against'), ('return', 'Return: not digitalisation'), ('orientation', 'Taken as information')], max_length=20)),
                ('proposed_text', models.TextField()),
                ('sections', models.JSONField(default=list)),
                ('paper', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('made_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_versions', to='cases.case')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='paper_version_once')],
            },
        ),
    ]
