import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('strategy', '0001_initial')]

    initial = True

    dependencies = [
        ('organisation', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adopted_by', models.CharField(blank=True, max_length=120)),
                ('adopted_date', models.DateField(blank=True, null=True)),
                ('case_number', models.CharField(blank=True, max_length=40)),
                ('source', models.URLField(blank=True, max_length=400)),
                ('year', models.PositiveSmallIntegerField()),
                ('created_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='FocusArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('description', models.TextField(blank=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('came_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='strategy.focusarea')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('root', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.focusarea')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='strategy.focusarea')),
                ('came_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='strategy.goal')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('root', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.goal')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ActionPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('due_date', models.DateField(blank=True, null=True)),
                ('cost_kr', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('under_way', 'Under way'), ('done', 'Done'), ('dropped', 'Dropped')], default='planned', max_length=10)),
                ('version', models.PositiveIntegerField(default=1)),
                ('came_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='strategy.actionpoint')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='strategy.actionplan')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('root', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.actionpoint')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='strategy.focusarea')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='points', to='strategy.goal')),
            ],
            options={
                'ordering': ['area__order', 'area_id', 'due_date', 'id'],
                'constraints': [models.UniqueConstraint(fields=('came_from',), name='point_carried_once'), models.CheckConstraint(condition=models.Q(('cost_kr__isnull', True), ('cost_kr__gte', 0), _connector='OR'), name='point_cost_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('unit', models.CharField(blank=True, max_length=40)),
                ('baseline', models.DecimalField(decimal_places=2, max_digits=14)),
                ('target', models.DecimalField(decimal_places=2, max_digits=14)),
                ('target_date', models.DateField()),
                ('came_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='strategy.indicator')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='strategy.goal')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('root', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='strategy.indicator')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('target', models.F('baseline')), _negated=True), name='indicator_goes_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='InputRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('question', models.TextField()),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='ElectedInput',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_by_name', models.CharField(blank=True, max_length=160)),
                ('text', models.TextField()),
                ('given_at', models.DateTimeField()),
                ('on_behalf_source', models.CharField(blank=True, max_length=300)),
                ('outcome', models.CharField(blank=True, choices=[('taken_in', 'Taken in'), ('partly', 'Partly taken in'), ('not_taken_in', 'Not taken in')], max_length=12)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inputs', to='strategy.inputround')),
            ],
            options={
                'ordering': ['given_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome', ''), models.Q(('answer', ''), _negated=True), _connector='OR'), name='input_answered_with_reason'), models.CheckConstraint(condition=models.Q(('said_by__isnull', False), models.Q(('said_by_name', ''), _negated=True), _connector='OR'), name='input_said_by_someone')],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measured_on', models.DateField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measurements', to='strategy.indicator')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['-measured_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='StatusChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('under_way', 'Under way'), ('done', 'Done'), ('dropped', 'Dropped')], max_length=10)),
                ('note', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='strategy.actionpoint')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['-changed_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Strategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adopted_by', models.CharField(blank=True, max_length=120)),
                ('adopted_date', models.DateField(blank=True, null=True)),
                ('case_number', models.CharField(blank=True, max_length=40)),
                ('source', models.URLField(blank=True, max_length=400)),
                ('title', models.CharField(max_length=200)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('vision', models.CharField(blank=True, max_length=400)),
                ('principles', models.TextField(blank=True)),
                ('warn_days', models.PositiveSmallIntegerField(default=180)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='strategy.strategy')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
            ],
            options={
                'ordering': ['-valid_from', 'title', '-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='strategy_dates_in_order'), models.CheckConstraint(condition=models.Q(('adopted_date__isnull', True), models.Q(('adopted_by', ''), _negated=True), _connector='OR'), name='strategy_adopted_by_someone')],
            },
        ),
        migrations.AddField(
            model_name='inputround',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='strategy.strategy'),
        ),
        migrations.AddField(
            model_name='focusarea',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='strategy.strategy'),
        ),
        migrations.CreateModel(
            name='ExpiryWarning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('before', 'Before it runs out'), ('expired', 'It has run out')], max_length=8)),
                ('valid_to', models.DateField()),
                ('told_at', models.DateTimeField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('shared_with', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.entity')),
                ('strategy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='warnings', to='strategy.strategy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('strategy', 'kind', 'valid_to'), name='expiry_warned_once')],
            },
        ),
        migrations.AddField(
            model_name='actionplan',
            name='strategy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='strategy.strategy'),
        ),
        migrations.AddConstraint(
            model_name='inputround',
            constraint=models.UniqueConstraint(fields=('strategy', 'year'), name='round_year_once'),
        ),
        migrations.AddConstraint(
            model_name='inputround',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='round_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='focusarea',
            constraint=models.UniqueConstraint(fields=('strategy', 'name'), name='area_name_once'),
        ),
        migrations.AddConstraint(
            model_name='actionplan',
            constraint=models.UniqueConstraint(fields=('strategy', 'year'), name='plan_year_once'),
        ),
        migrations.AddConstraint(
            model_name='actionplan',
            constraint=models.CheckConstraint(condition=models.Q(('adopted_date__isnull', True), models.Q(('adopted_by', ''), _negated=True), _connector='OR'), name='plan_adopted_by_someone'),
        ),
    ]
