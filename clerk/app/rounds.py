"""One round of what is done behind the window: send what waits, take over what happened."""

from clerk.domain.errors import RemoteTrouble, RemoteUnavailable
from clerk.domain.identity import Session
from clerk.services import (
    call_settling,
    certificate_fetching,
    certificate_rechecks,
    certificate_reports,
    credit,
    hand_off,
    messages,
    numbers,
    parcels,
    use_comparison,
)
from clerk.services.desk import Desk


def deliver(desk: Desk, session: Session) -> int:
    """Send what waits, lease numbers where few are left, take over what happened elsewhere.

    A peer that is silent holds up no other; the next round asks it again. What waits is counted on
    今日, and the dots show how each one stands.

    Raises:
        RemoteTrouble: a peer answers, and what it says cannot be used; the others were served.
    """
    messages.tell_applicants(desk)
    certificate_fetching.drop_old_files(desk)
    moved = hand_off.deliver(desk, session)
    wrong: list[RemoteTrouble] = []
    for step in (
        numbers.lease_numbers,
        numbers.map_provisional,
        hand_off.take_over_events,
        parcels.take_over_parcels,
        credit.ask_again,
        certificate_rechecks.ask_again,
        call_settling.settle_calls,
        certificate_reports.take_over_answers,
        use_comparison.compare_days_before,
    ):
        try:
            moved += step(desk, session)
        except RemoteUnavailable:
            continue
        except RemoteTrouble as trouble:
            wrong.append(trouble)
    if wrong:
        raise wrong[0]
    return moved
