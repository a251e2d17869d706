"""A sample case made after a stored case (照办件做样例), so that an odd case is rehearsed ever after."""

from clerk.domain.errors import BadInput
from clerk.domain.identity import Act, Session
from clerk.domain.sample_editing import Line
from clerk.domain.sample_of_case import sample_of_case
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.services.sample_bench import SampleBench
from clerk.storage import cases


def sample_from_case(
    desk: Desk, session: Session, bench: SampleBench, item_code: str, number: str
) -> Line:
    """Return a case of the item as a sample in which nobody can be recognised; it is journaled.

    So is that somebody named a case of another item, of which he learns nothing.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: there is no such number, or the case is one of another item.
    """
    session.require(Act.EDIT_STANDARDS)
    with desk.store.begin() as tx:
        case_id = cases.id_of_number(tx, number.strip())
        if case_id is None:
            raise BadInput("没有这个编号的办件，没有加样例。请核对办件编号")
        case = cases.load(tx, case_id)
        own = case.item_code == item_code
        act = "standard.sample_taken" if own else "standard.sample_refused"
        record(desk, tx, session, act, case_id, item=item_code)
    if not own:
        raise BadInput("这件办的不是本事项，没有加样例。请换一件本事项的")
    standard = desk.standard(case.item_code, case.standard_version)
    people = bench.read_hall(desk.today()).people
    return sample_of_case(standard, case, people, desk.calendar)
