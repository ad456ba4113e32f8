import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('portfolio', '0001_initial'), ('portfolio', '0002_import_drafts')]

    initial = True

    dependencies = [
        ('documents', '0001_squashed'),
        ('initiatives', '0001_squashed'),
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Portfolio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('vision', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField()),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='portfolio_name_per_owner')],
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('mapping_name', models.CharField(blank=True, max_length=80)),
                ('mapping', models.JSONField(blank=True, default=dict)),
                ('content', models.BinaryField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('refused', models.JSONField(default=list)),
                ('unknown', models.JSONField(default=list)),
                ('imported_at', models.DateTimeField(blank=True, null=True)),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='portfolio.portfolio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner_name', models.CharField(blank=True, max_length=200)),
                ('department', models.CharField(blank=True, max_length=200)),
                ('category', models.CharField(blank=True, max_length=200)),
                ('start_date', models.DateField(blank=True, null=True)),
                ('end_date', models.DateField(blank=True, null=True)),
                ('source_id', models.CharField(blank=True, max_length=100)),
                ('source_rating', models.CharField(blank=True, max_length=10)),
                ('source_fingerprint', models.CharField(blank=True, max_length=64)),
                ('texts', models.JSONField(blank=True, default=dict)),
                ('entered_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('benefit_responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='project', to='initiatives.initiative')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='portfolio.portfolio')),
                ('project_manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('project_owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'indexes': [models.Index(fields=['portfolio', 'id'], name='project_by_portfolio')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('portfolio', 'source_id'), name='source_id_per_portfolio')],
            },
        ),
        migrations.CreateModel(
            name='ProjectAmount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('low', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('high', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('currency', models.CharField(default='NOK', max_length=3)),
                ('unit', models.PositiveIntegerField(default=1)),
                ('price_base', models.CharField(blank=True, max_length=60)),
                ('unknown_reason', models.CharField(blank=True, max_length=60)),
                ('source_text', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amounts', to='portfolio.project')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('project', 'kind'), name='amount_kind_once')],
            },
        ),
        migrations.CreateModel(
            name='ReportSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_start', models.DateField()),
                ('taken_at', models.DateTimeField()),
                ('data', models.JSONField()),
                ('public_data', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.file')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='portfolio.portfolio')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StatusReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period_start', models.DateField()),
                ('period_end', models.DateField()),
                ('progress', models.CharField(choices=[('green', 'On course'), ('amber', 'Needs attention'), ('red', 'Off course')], max_length=6)),
                ('economy', models.CharField(choices=[('green', 'On course'), ('amber', 'Needs attention'), ('red', 'Off course')], max_length=6)),
                ('risk', models.CharField(choices=[('green', 'On course'), ('amber', 'Needs attention'), ('red', 'Off course')], max_length=6)),
                ('resources', models.CharField(choices=[('green', 'On course'), ('amber', 'Needs attention'), ('red', 'Off course')], max_length=6)),
                ('benefit', models.CharField(choices=[('green', 'On course'), ('amber', 'Needs attention'), ('red', 'Off course')], max_length=6)),
                ('progress_text', models.TextField(blank=True)),
                ('economy_text', models.TextField(blank=True)),
                ('risk_text', models.TextField(blank=True)),
                ('resources_text', models.TextField(blank=True)),
                ('benefit_text', models.TextField(blank=True)),
                ('spent_kr', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('forecast_kr', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('forecast_end_date', models.DateField(blank=True, null=True)),
                ('reported_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='portfolio.project')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['-period_start', '-reported_at'],
                'constraints': [models.UniqueConstraint(fields=('project', 'period_start'), name='one_report_per_period'), models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='period_in_order')],
            },
        ),
        migrations.CreateModel(
            name='UnknownCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('column', models.CharField(max_length=200)),
                ('target', models.CharField(max_length=40)),
                ('text', models.TextField(blank=True)),
                ('reason', models.CharField(max_length=60)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unknown_cells', to='portfolio.project')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('rules', models.JSONField()),
                ('saved_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='mapping_name_per_owner')],
            },
        ),
    ]
