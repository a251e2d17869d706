"""Use cases that a counter may not need all day: their room is loaded when one is first called.

The call comes in a worker, so nobody at the window waits for the loading; for the acts offered on
a case, which the window asks for itself, it waits some milliseconds, once.
"""

# ruff: noqa: PLC0414  what is imported under its own name is handed on
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clerk.services import advice as advice
    from clerk.services import approval as approval
    from clerk.services import archiving as archiving
    from clerk.services import batch as batch
    from clerk.services import blanks as blanks
    from clerk.services import bundles as bundles
    from clerk.services import case_acts as case_acts
    from clerk.services import case_export as case_export
    from clerk.services import certificate_ledger as certificate_ledger
    from clerk.services import certificate_making as certificate_making
    from clerk.services import certificate_matching as certificate_matching
    from clerk.services import certificates as certificates
    from clerk.services import check_files as check_files
    from clerk.services import day_end as day_end
    from clerk.services import delivery as delivery
    from clerk.services import late_papers as late_papers
    from clerk.services import letter_signing as letter_signing
    from clerk.services import mandate_signing as mandate_signing
    from clerk.services import paper_ledger as paper_ledger
    from clerk.services import paper_making as paper_making
    from clerk.services import paper_places as paper_places
    from clerk.services import paper_signing as paper_signing
    from clerk.services import papers as papers
    from clerk.services import print_ahead as print_ahead
    from clerk.services import promises as promises
    from clerk.services import reuse as reuse
    from clerk.services import rosters as rosters
    from clerk.services import seal_checking as seal_checking
    from clerk.services import shared_data as shared_data
    from clerk.services import step_times as step_times
    from clerk.services import visits as visits
else:
    from importlib import import_module

    class _Room:
        def __init__(self, name):
            self._name = name

        def __getattr__(self, use_case):
            def called(*given, **named):
                return getattr(import_module(self._name), use_case)(*given, **named)

            return called

    def __getattr__(name):
        """Stand in for ``clerk.services.<name>``: every name in it is a use case to be called."""
        return _Room(f"clerk.services.{name}")
