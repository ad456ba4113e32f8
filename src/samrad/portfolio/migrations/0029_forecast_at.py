from django.db import migrations, models

# When the lines last said something else is not known: it is when they were last written down, as the log has it.
FROM_THE_LOG = """
update portfolio_project p set forecast_at = (
  select max(e.at) from eventlog_event e
  where e.initiative_id = p.initiative_id and e.kind = 'portfolio.MoneyKept' and e.data ->> 'imported' = 'false')
where exists (select from portfolio_moneyline m where m.project_id = p.id and m.forecast_kr is not null)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portfolio", "0028_dates_and_cases_that_end"),
        ("eventlog", "0001_squashed"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="forecast_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(FROM_THE_LOG, migrations.RunSQL.noop),
    ]
