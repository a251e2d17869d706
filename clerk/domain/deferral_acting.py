"""Acts around papers that come later, from what a person wrote down for them (容缺各项操作)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from clerk.domain import credit_gate, deferral, reminders
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.errors import BadInput
from clerk.domain.identity import Session
from clerk.domain.intake import from_file, on_paper
from clerk.domain.material import Evidence, Origin
from clerk.domain.reminder import ReminderWay
from clerk.domain.standard import Requirement, Way
from clerk.values import replace

Doer = Callable[[CaseRules, Case, ActWords, Session, datetime], Case]

_ORIGINS = {Way.SCAN: Origin.SCANNED, Way.FILE: Origin.CHOSEN_FILE}


def _supply(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    asked = rules.standard.requirement(words.material)
    given = replace(
        _brought(asked, words, session, at),
        points=dict.fromkeys(words.seen, True),
        issued_on=words.issued_on,
    )
    return deferral.supply(
        rules,
        case,
        words.material,
        given,
        session,
        at,
        arrived_on=words.on,
        why=words.reason,
    )


def _brought(asked: Requirement, words: ActWords, session: Session, at: datetime) -> Evidence:
    """The late paper as it came: on the desk, or as one file."""
    way = Way(words.choice) if words.choice else Way.PAPER
    if way not in asked.ways or way not in {Way.PAPER, *_ORIGINS}:
        raise BadInput(f"{asked.name}不能这样补交，没有收下。换一种收法")
    if way is Way.PAPER:
        return on_paper(asked, session, at)
    if not words.files:
        raise BadInput(f"还没有{asked.name}的文件，没有收下。先扫描或选文件")
    given = from_file(asked, words.files[0], _ORIGINS[way], session, at)
    return replace(given, files=words.files)


def _sign(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    return deferral.sign(rules, case, words.files, session, at)


def _remind(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    if not words.choice:
        raise BadInput("还没选怎么提醒的，没有登记。选一种再办")
    return reminders.remind(rules, case, ReminderWay(words.choice), words.note, session, at)


def _look_at_credit(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return credit_gate.look_at_credit(rules, case, words.note, session, at)


DOES: Mapping[CaseAct, Doer] = MappingProxyType(
    {
        CaseAct.SUPPLY: _supply,
        CaseAct.SIGN_DEFERRAL: _sign,
        CaseAct.REMIND_DEFERRAL: _remind,
        CaseAct.LOOK_AT_CREDIT: _look_at_credit,
    }
)
