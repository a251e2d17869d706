"""Machines on the counter, each spoken to by its public protocol."""
