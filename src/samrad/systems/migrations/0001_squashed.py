import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('systems', '0001_initial')]

    initial = True

    dependencies = [
        ('governance', '0001_squashed'),
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField(blank=True, null=True)),
                ('columns', models.JSONField(blank=True, default=dict)),
                ('shared', models.BooleanField(default=False)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('refused', models.JSONField(default=list)),
                ('unknown', models.JSONField(default=list)),
                ('version', models.PositiveIntegerField(default=1)),
                ('uploaded_at', models.DateTimeField()),
                ('imported_at', models.DateTimeField(blank=True, null=True)),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='System',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('description', models.TextField(blank=True)),
                ('kostra_function', models.CharField(blank=True, max_length=4)),
                ('service', models.CharField(blank=True, max_length=200)),
                ('super_users', models.CharField(blank=True, max_length=300)),
                ('users', models.PositiveIntegerField(blank=True, null=True)),
                ('vendor', models.CharField(blank=True, max_length=200)),
                ('vendor_number', models.CharField(blank=True, max_length=20)),
                ('processor', models.CharField(blank=True, choices=[('no', 'No'), ('missing', 'Yes, but the agreement is missing'), ('agreed', 'Yes, with an agreement')], max_length=8)),
                ('processor_date', models.DateField(blank=True, null=True)),
                ('hosting', models.CharField(blank=True, choices=[('saas', 'Cloud service from the vendor'), ('local', 'Our own server'), ('region', 'Shared in the region')], max_length=8)),
                ('personal_data', models.CharField(blank=True, choices=[('none', 'None'), ('ordinary', 'Ordinary personal data'), ('special', 'Special categories, such as health')], max_length=8)),
                ('processing_record', models.CharField(blank=True, max_length=100)),
                ('dpia_date', models.DateField(blank=True, null=True)),
                ('risk_date', models.DateField(blank=True, null=True)),
                ('risk_next_date', models.DateField(blank=True, null=True)),
                ('sign_in', models.CharField(blank=True, choices=[('password', 'User name and password'), ('sso', 'Single sign-on'), ('mfa', 'Two factors'), ('sso_mfa', 'Single sign-on with two factors')], max_length=8)),
                ('criticality', models.PositiveSmallIntegerField(blank=True, choices=[(1, '1 – we manage for a week without it'), (2, '2 – we manage for a day'), (3, '3 – we manage for an hour'), (4, '4 – life and health depend on it')], null=True)),
                ('rto_hours', models.PositiveIntegerField(blank=True, null=True)),
                ('rpo_hours', models.PositiveIntegerField(blank=True, null=True)),
                ('integrations', models.TextField(blank=True)),
                ('archive', models.CharField(blank=True, choices=[('no', 'Nothing worth keeping'), ('keep', 'Must be preserved'), ('discard', 'Can be discarded after a time')], max_length=8)),
                ('archive_integrated', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3)),
                ('archive_period', models.CharField(blank=True, max_length=100)),
                ('ai', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3)),
                ('ai_text', models.CharField(blank=True, max_length=300)),
                ('accessibility', models.CharField(blank=True, max_length=300)),
                ('national', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3)),
                ('lifecycle', models.CharField(choices=[('planned', 'Planned'), ('in_use', 'In use'), ('phasing_out', 'Being phased out'), ('retired', 'Out of use')], default='in_use', max_length=12)),
                ('lifecycle_date', models.DateField(blank=True, null=True)),
                ('source_id', models.CharField(blank=True, max_length=100)),
                ('unknown', models.JSONField(blank=True, default=dict)),
                ('registered_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('administrator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('field', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.field')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('system_owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
            ],
            options={
                'ordering': [django.db.models.functions.text.Lower('name'), 'id'],
                'constraints': [models.UniqueConstraint(models.F('owner'), django.db.models.functions.text.Lower('name'), name='system_name_per_owner'), models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('owner', 'source_id'), name='system_source_per_owner')],
            },
        ),
        migrations.CreateModel(
            name='SystemVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('system', 'System'), ('terms', 'Contract')], max_length=6)),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('changed', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('system', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='systems.system')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('system', 'part', 'number'), name='system_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_date', models.DateField(blank=True, null=True)),
                ('end_date', models.DateField(blank=True, null=True)),
                ('notice_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('options', models.CharField(blank=True, max_length=300)),
                ('procurement', models.CharField(blank=True, max_length=100)),
                ('one_off_kr', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('annual_kr', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('price_unit', models.CharField(blank=True, max_length=100)),
                ('unknown', models.JSONField(blank=True, default=dict)),
                ('warned_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('system', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='systems.system')),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'end_date'], name='terms_ending')],
                'constraints': [models.CheckConstraint(condition=models.Q(('start_date__isnull', True), ('end_date__isnull', True), ('end_date__gte', models.F('start_date')), _connector='OR'), name='contract_in_order')],
            },
        ),
    ]
