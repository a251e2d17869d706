"""Acts on promises and on site, from what a person wrote down for them (承诺核查、现场核查)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from clerk.domain import after_check, promise, revocation, site_check
from clerk.domain.after_check import CheckNote
from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.check_records import CheckFinding, SiteCheck, SiteOutcome
from clerk.domain.course import CaseRules
from clerk.domain.errors import BadInput
from clerk.domain.identity import Session
from clerk.domain.intake import on_paper
from clerk.domain.promise_terms import CheckMethod
from clerk.domain.site_check import SiteNote

Doer = Callable[[CaseRules, Case, ActWords, Session, datetime], Case]


def _withdraw_promise(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    paper = on_paper(rules.standard.requirement(words.material), session, at)
    return promise.withdraw_promise(rules, case, words.material, paper, session, at)


def _check_promise(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    if not words.choice:
        raise BadInput("还没选核查结果，没有登记。选一项再办")
    offered = rules.standard.requirement(words.material).promise
    usual = offered.terms.check if offered else CheckMethod.ONLINE
    note = CheckNote(
        material=words.material,
        finding=CheckFinding(words.choice),
        method=CheckMethod(words.number) if words.number else usual,
        grounds=words.note,
        files=words.files,
    )
    return after_check.record_check(rules, case, note, session, at)


def _order_repair(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    if words.until_on is None:
        raise BadInput("还没写整改到哪天，没有责令整改。选一天再办")
    return after_check.order_repair(
        rules, case, words.material, words.reason, words.until_on, session, at
    )


def _offer_hearing(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return revocation.offer_hearing(rules, case, words.reason, session, at)


def _answer_hearing(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    return revocation.answer_hearing(rules, case, words.choice, words.note, session, at)


def _revoke(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    return revocation.revoke(rules, case, words.reason, words.note, session, at)


def _serve(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    receiver = "、".join(words.people)
    return revocation.serve(rules, case, receiver, words.note, session, at)


def _agree(rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime) -> Case:
    if words.on is None:
        raise BadInput("还没写哪天去，没有登记。选一天再办")
    agreed = SiteCheck(
        on=words.on,
        time=words.number,
        people=words.people,
        told_how=words.note,
        recused=words.others,
        at=at,
        by_name=session.account.display_name,
    )
    return site_check.agree(rules, case, agreed, session, at)


def _record_site(
    rules: CaseRules, case: Case, words: ActWords, session: Session, at: datetime
) -> Case:
    if not words.choice or words.on is None:
        raise BadInput("还没写哪天去的、结论是什么，没有登记。补齐再办")
    note = SiteNote(
        outcome=SiteOutcome(words.choice),
        failed=tuple(
            point.code for point in rules.standard.site_points if point.code not in words.seen
        ),
        said=words.note,
        witness="、".join(words.people),
        held_on=words.on,
        files=words.files,
    )
    return site_check.record(rules, case, note, session, at)


DOES: Mapping[CaseAct, Doer] = MappingProxyType(
    {
        CaseAct.WITHDRAW_PROMISE: _withdraw_promise,
        CaseAct.CHECK_PROMISE: _check_promise,
        CaseAct.ORDER_REPAIR: _order_repair,
        CaseAct.OFFER_HEARING: _offer_hearing,
        CaseAct.ANSWER_HEARING: _answer_hearing,
        CaseAct.REVOKE: _revoke,
        CaseAct.SERVE_REVOCATION: _serve,
        CaseAct.AGREE_SITE_CHECK: _agree,
        CaseAct.RECORD_SITE_CHECK: _record_site,
    }
)
