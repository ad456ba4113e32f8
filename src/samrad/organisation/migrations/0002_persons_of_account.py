"""Signing in comes before anyone acts, so this one question is answered past row security."""

from django.db import migrations

SQL = """
create or replace function samrad_persons_of_account(account bigint)
returns table (person_id bigint, entity_id bigint) language sql stable security definer
set search_path = public, pg_temp as $$
  select p.id, p.owner_id from organisation_person p
  join organisation_account a on a.id = p.account_id
  where p.account_id = account and p.active and a.is_active order by p.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_squashed")]
    operations = [
        migrations.RunSQL(
            SQL, "drop function if exists samrad_persons_of_account(bigint)"
        )
    ]
