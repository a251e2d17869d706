"""Use cases: one function for one thing a clerk does; transactions live here."""
