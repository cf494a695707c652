"""PostgreSQL for one machine: the server from its wheel, and the databases and roles in it."""
