"""Devices that are not there: practice mode, the tour and the tests use the real drivers on them."""
