"""One module a schema, oldest first. A released one is never edited."""
