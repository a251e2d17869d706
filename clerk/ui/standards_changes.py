"""What one version of an item changed against another, in plain words."""

from collections.abc import Mapping

from clerk.domain.standard_difference import as_written, item_change
from clerk.wording_difference import sentences

Table = Mapping[str, object]


def changes_between(before: Table, now: Table) -> tuple[str, ...]:
    """One sentence for each thing that is not as before; a draft may be faulty."""
    held, new = as_written(before), as_written(now)
    change = item_change(held, new)
    return () if change is None else sentences(change, held, new)
