"""The store: an encrypted SQLite file by default, PostgreSQL for a hall, the same functions for both."""
