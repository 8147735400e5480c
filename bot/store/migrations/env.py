"""Runs the migrations for Alembic, on the connection that it is given.

`Store.migrate()` gives one in `config.attributes`. A developer who writes a migration names a database instead:

    alembic -c bot/store/migrations/alembic.ini -x url=sqlite:////tmp/new.sqlite upgrade head
    alembic -c bot/store/migrations/alembic.ini -x url=sqlite:////tmp/new.sqlite revision --autogenerate -m "one change"
"""

from alembic import context
from sqlalchemy.engine import Connection

from bot.store.engine import make_engine
from bot.store.tables import metadata


def run(connection: Connection) -> None:
    """Run the migrations in the connection's transaction, or in one of their own."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        # SQLite alters a table by making it anew.
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with make_engine(context.get_x_argument(as_dictionary=True)["url"]).begin() as opened:
        run(opened)
