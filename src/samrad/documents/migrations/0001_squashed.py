import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_locked_and_once'), ('documents', '0003_title_and_source')]

    initial = True

    dependencies = [
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('attachment', 'Attachment'), ('submission', 'The need as it was sent in'), ('case_paper', 'Case paper'), ('notice', 'Notice of meeting'), ('minutes', 'Minutes'), ('report', 'Report'), ('export', 'Export'), ('source', 'Source of an answer written down for someone')], max_length=16)),
                ('name', models.CharField(max_length=200)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('initiative_id', models.BigIntegerField(blank=True, db_index=True, null=True)),
                ('case_id', models.BigIntegerField(blank=True, db_index=True, null=True)),
                ('exempt_group', models.CharField(blank=True, max_length=20)),
                ('created_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('locked', models.BooleanField(default=False)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('initiative_id__isnull', False), ('kind', 'attachment'), ('removed_at__isnull', True)), fields=('owner', 'initiative_id', 'sha256', 'name'), name='attachment_once')],
            },
        ),
    ]
