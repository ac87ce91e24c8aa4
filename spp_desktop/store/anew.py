"""What steps from one form of the file to the next have in common."""

import sqlite3
from collections.abc import Iterable


def make_anew(connection: sqlite3.Connection, table: str, statements: Iterable[str]) -> None:
    """Make a table that takes another form than ``ALTER TABLE`` can give it, and put its rows back.

    A table renamed into its place would be written down in another way than in a new plan. Foreign keys must be off.
    Columns that are new are filled with what their text says they hold at first; ``store.whole_rows`` reads older rows
    of the history so too.

    Args:
        connection: Of the plan, in a transaction.
        table: The table's name.
        statements: What makes it, with its indexes and triggers.
    """
    connection.execute(f'CREATE TEMP TABLE held AS SELECT * FROM main."{table}"')
    names = ", ".join(f'"{column[0]}"' for column in connection.execute("SELECT * FROM held LIMIT 0").description)
    connection.execute(f'DROP TABLE main."{table}"')
    for statement in statements:
        connection.execute(statement)
    connection.execute(f'INSERT INTO main."{table}" ({names}) SELECT * FROM held ORDER BY rowid')
    connection.execute("DROP TABLE held")
