"""One module a row of the table, or a few that belong together; each says in its first lines what it measures."""
