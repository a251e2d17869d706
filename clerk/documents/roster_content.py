"""What the list of a bundle says (上报名单): bundle, standard and counter in, values out."""

from datetime import datetime

from clerk.domain.bundles import Bundle, BundleLine
from clerk.domain.counter import Counter
from clerk.domain.days import local_date
from clerk.domain.masking import masked_name
from clerk.domain.roster import Roster, RosterRow
from clerk.domain.standard import ItemStandard
from clerk.wording_results import ROSTER_OUTCOMES, ROSTER_WAITS


def roster_of(
    bundle: Bundle,
    standard: ItemStandard,
    counter: Counter,
    clerk_name: str,
    at: datetime,
    *,
    returned: bool,
) -> Roster:
    """Return the list as it goes up, or as it comes back with what was done with each person."""
    return Roster(
        body_name=bundle.from_by,
        item_name=bundle.item_name,
        law_kind=standard.law_kind,
        applicant_name="",
        applicant_kind=standard.applicant_kinds[0],
        made_on=local_date(at),
        clerk_line=f"{clerk_name}（{counter.name}）",
        phone=counter.phone,
        supervise_phone=standard.body.supervise_phone,
        practice=counter.practice,
        effective=True,
        case_number=bundle.label,
        from_by=bundle.from_by,
        to_by=bundle.to_by,
        step_name=bundle.step_name,
        week_of=bundle.week_of,
        handed_up_by=bundle.made_by_name,
        handed_up_on=local_date(bundle.made_at),
        roster_rows=tuple(_row(bundle, line, returned=returned) for line in bundle.lines),
        returned=returned,
    )


def _row(bundle: Bundle, line: BundleLine, *, returned: bool) -> RosterRow:
    row = RosterRow(
        case_label=line.label,
        masked_name=masked_name(line.applicant_name),
        item_name=bundle.item_name,
        opinion=bundle.opinion,
        opinion_on=local_date(bundle.made_at),
    )
    if not returned:
        return row
    return RosterRow(
        case_label=row.case_label,
        masked_name=row.masked_name,
        item_name=row.item_name,
        opinion=row.opinion,
        opinion_on=row.opinion_on,
        outcome=ROSTER_OUTCOMES[line.outcome] if line.outcome else ROSTER_WAITS,
        reason=line.reason,
        settled_on=local_date(line.at) if line.at else None,
        settled_by=line.by_name,
    )
