"""All materials of a case against what one leave covers, in one question (证照匹配)."""

from clerk.domain.case import Case
from clerk.domain.certificate import Authorisation, CertificateSummary
from clerk.domain.certificate_call import CallAbout
from clerk.domain.certificate_matching import (
    Matches,
    match_certificates,
    type_codes,
)
from clerk.domain.identity import Act, Session
from clerk.domain.standard import Requirement
from clerk.services.call_journal import journaled
from clerk.services.certificate_leave import cancellable
from clerk.services.certificate_memory import HeldList
from clerk.services.certificate_purpose import (
    purpose_of,
    require_granted,
    wanted_under,
)
from clerk.services.desk import Desk

PAGE_SIZE = 50
MOST_PAGES = 4


def match(
    desk: Desk, session: Session, case: Case, leave: Authorisation, again: bool = False
) -> Matches:
    """Set all materials that this holder's certificates can stand in for against all he has.

    A list that the leave brought a moment ago is not asked for a second time, unless ``again``.
    What the case does not ask for is counted and stays unnamed.

    Raises:
        NotAllowed: no leave was given, it has run out, or somebody else gave it.
        RemoteTrouble: the library did not answer as it should.
    """
    session.require(Act.CALL_CERTIFICATE)
    require_granted(desk, leave)
    wanted = wanted_under(desk, case, leave)
    for asked in wanted:
        desk.library.hold(case.case_id, asked.code, leave)
    held = None if again else desk.certificate_memory.list_under(case.case_id, leave, desk.now())
    if held is None:
        found = _asked(desk, session, case, leave, wanted)
        held = HeldList(leave=leave, found=found, at=desk.now())
        desk.certificate_memory.keep_list(case.case_id, held)
    return match_certificates(wanted, held.found, case, leave.holder, desk.today())


def _asked(
    desk: Desk,
    session: Session,
    case: Case,
    leave: Authorisation,
    wanted: tuple[Requirement, ...],
) -> tuple[CertificateSummary, ...]:
    standard = desk.standard(case.item_code, case.standard_version)
    purpose, types = purpose_of(standard, wanted, case), type_codes(wanted)
    found: list[CertificateSummary] = []
    for number in range(1, MOST_PAGES + 1):
        call = desk.call(session, case.case_id)
        with cancellable(desk, call):
            page = journaled(
                desk,
                call,
                "query",
                wanted[0].code,
                lambda call=call, number=number: desk.certificates.query(  # type: ignore[misc]
                    call, leave.authorisation_id, leave.holder, types, purpose, number, PAGE_SIZE
                ),
                CallAbout(purpose=purpose, leave=leave),
            )
        found += page.certificates
        if not page.certificates or len(found) >= page.total:
            break
    return tuple(found)
