"""Alembic migrations; they ship with the package and run when a store is opened."""
