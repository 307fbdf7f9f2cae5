"""SQL that makes PostgreSQL itself refuse what must never happen. Used by migrations only."""

from __future__ import annotations

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{table} is append-only: % refused; add a correcting row instead', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only();
"""

ALLOW = "DROP TRIGGER {table}_append_only ON {table}; DROP FUNCTION {table}_is_append_only();"


def append_only(table: str) -> migrations.RunSQL:
    """Rows of `table` are added, never changed, deleted or truncated, whoever asks."""
    return migrations.RunSQL(REFUSE.format(table=table), ALLOW.format(table=table))
