"""Make roles and a database for the tests on a PostgreSQL server at 127.0.0.1:5432; print how to reach them."""

import secrets
import sys

import psycopg
from psycopg import sql

SERVER = "127.0.0.1:5432"
ROLES = {"samrad_ci_owner": "createdb", "samrad_ci_app": "nocreatedb"}


def main() -> int:
    try:
        server = psycopg.connect(f"postgres://postgres@{SERVER}/postgres?connect_timeout=3", autocommit=True)
    except psycopg.OperationalError:
        print(
            f"No PostgreSQL server answers at {SERVER}: the database part ran on the embedded one only.",
            file=sys.stderr,
        )
        return 1
    password = secrets.token_hex(16)
    with server:
        present = {name for (name,) in server.execute("select rolname from pg_roles")}
        for role, may in ROLES.items():
            verb = "alter" if role in present else "create"
            statement = f"{verb} role {{}} login nosuperuser nobypassrls {may} password {{}}"
            server.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(password)))
        if not server.execute("select 1 from pg_database where datname = 'samrad_ci'").fetchone():
            server.execute("create database samrad_ci owner samrad_ci_owner")
    for name, role in (("SAMRAD_OWNER_URL", "samrad_ci_owner"), ("DATABASE_URL", "samrad_ci_app")):
        print(f"export {name}=postgres://{role}:{password}@{SERVER}/samrad_ci")
    print(f"The database part runs once more on the server at {SERVER}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
