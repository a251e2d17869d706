"""A draft follows the item's standard until it is taken in; a case keeps its version for good."""

from sqlalchemy import Connection

from clerk.domain.case import Case, CaseState
from clerk.domain.errors import NotAcceptable
from clerk.domain.prefill import prefilled
from clerk.domain.standard import ItemStandard
from clerk.services.desk import Desk
from clerk.storage import standards
from clerk.values import replace


def under_version_in_force(desk: Desk, tx: Connection, case: Case) -> Case:
    """Return a draft under the version that is in force today, any other case as it is.

    What was typed and laid down for lines that the new version has too is kept.
    """
    version = _other_version(desk, tx, case)
    if version is None:
        return case
    standard = desk.standard(case.item_code, version)
    return prefilled(standard, _moved(case, standard), desk.now(), desk.calendar)


def require_version_in_force(desk: Desk, tx: Connection, case: Case) -> None:
    """Refuse a draft that was checked under a version which is no longer in force.

    Raises:
        NotAcceptable: another version took effect since the draft was opened.
    """
    version = _other_version(desk, tx, case)
    if version is not None:
        raise NotAcceptable(
            f"{case.item_name}今天起按第{version}版办理，这份草稿还是旧版，没有收下。"
            "请从草稿里重新打开，按新版核对"
        )


def _other_version(desk: Desk, tx: Connection, case: Case) -> int | None:
    if case.state is not CaseState.DRAFT:
        return None
    version = standards.version_on(tx, case.item_code, desk.today())
    return None if version == case.standard_version else version


def _moved(case: Case, standard: ItemStandard) -> Case:
    questions = {question.code for question in standard.questions}
    lines = {line.code for line in standard.fields}
    asked = {wanted.code for wanted in standard.requirements}
    return replace(
        case,
        standard_version=standard.version,
        item_name=standard.name,
        answers={code: option for code, option in case.answers.items() if code in questions},
        values={code: value for code, value in case.values.items() if code in lines},
        evidence={code: given for code, given in case.evidence.items() if code in asked},
    )
