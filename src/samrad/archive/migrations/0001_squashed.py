import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('archive', '0001_initial'), ('archive', '0002_filed_content'), ('archive', '0003_setup_in_versions')]

    initial = True

    dependencies = [
        ('cases', '0001_squashed'),
        ('documents', '0001_squashed'),
        ('initiatives', '0001_squashed'),
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchiveSetup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('backend', models.CharField(choices=[('folder', 'Export to a folder'), ('by_hand', 'By hand')], default='by_hand', max_length=10)),
                ('folder', models.CharField(blank=True, max_length=300)),
                ('series', models.CharField(blank=True, max_length=40)),
                ('class_system', models.CharField(blank=True, max_length=40)),
                ('class_code', models.CharField(blank=True, max_length=40)),
                ('unit_name', models.CharField(blank=True, max_length=120)),
                ('access_code', models.CharField(default='UO', max_length=20)),
                ('version', models.PositiveIntegerField(default=0)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner',), name='one_archive_setup')],
            },
        ),
        migrations.CreateModel(
            name='ArchiveSetupVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('values', models.JSONField(default=dict)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('setup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='archive.archivesetup')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('setup', 'number'), name='archive_setup_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('submission', 'Submission'), ('case_paper', 'Case paper'), ('minutes_extract', 'Extract of minutes'), ('minutes', 'Minutes'), ('notice', 'Notice of meeting'), ('decision', 'Decision')], max_length=16)),
                ('object_id', models.BigIntegerField()),
                ('external_key', models.CharField(max_length=80)),
                ('content', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('access_basis', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('queued', 'Waiting to be filed'), ('by_hand', 'To be filed by hand'), ('failed', 'Failed, will be tried again'), ('filed', 'Filed')], default='queued', max_length=8)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.CharField(blank=True, max_length=500)),
                ('queued_at', models.DateTimeField()),
                ('filed_at', models.DateTimeField(blank=True, null=True)),
                ('archive_ref', models.CharField(blank=True, max_length=40)),
                ('version', models.PositiveIntegerField(default=1)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='cases.case')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
                ('filed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='initiatives.initiative')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['queued_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'external_key'), name='filed_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'filed'), _negated=True), ('filed_at__isnull', False), _connector='OR'), name='filed_has_a_time')],
            },
        ),
    ]
