"""Who may do what: roles, acts, and the one table that allows.

An act that no line of ``ALLOWED`` gives to a role is denied. The table is read by the use cases
themselves, so hiding a button is never what protects a case.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from clerk.domain.errors import NotAllowed
from clerk.domain.mandate import ApprovalMandate
from clerk.values import dataclass


class Role(StrEnum):
    """A set of acts an office gives to a person (角色)."""

    WINDOW_CLERK = "window_clerk"
    CHIEF_REPRESENTATIVE = "chief_representative"
    SUPERVISOR = "supervisor"
    RESULT_CLERK = "result_clerk"
    AGENT = "agent"
    STANDARD_EDITOR = "standard_editor"
    STANDARD_PUBLISHER = "standard_publisher"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
"""The three administrators (三员): each excludes the other two and every counter role."""


class Act(StrEnum):
    """Something a use case does and a role may or may not do."""

    OPEN_CASE = "open_case"
    EDIT_CASE = "edit_case"
    READ_CASE = "read_case"
    LIST_CASES = "list_cases"
    CALL_CERTIFICATE = "call_certificate"
    CALL_BY_DUTY = "call_by_duty"
    RECEIVE = "receive"
    ACCEPT = "accept"
    NOTIFY_ONCE = "notify_once"
    NOTIFY_AGAIN = "notify_again"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    VOID = "void"
    SUPPLY = "supply"
    EXCUSE = "excuse"
    RUN_PROCEDURE = "run_procedure"
    EXTEND = "extend"
    RUN_CHAIN = "run_chain"
    URGE = "urge"
    ANSWER_URGING = "answer_urging"
    MAKE_PAPER = "make_paper"
    DECIDE = "decide"
    CORRECT_DECISION = "correct_decision"
    OFFER_STATEMENT = "offer_statement"
    TAKE_STATEMENT = "take_statement"
    CHECK_SAMPLE = "check_sample"
    RETURN_INTERNALLY = "return_internally"
    HAND_OUT = "hand_out"
    LET_THROUGH = "let_through"
    HOLD_ORIGINALS = "hold_originals"
    RECEIVE_TRANSFER = "receive_transfer"
    SETTLE_FEE = "settle_fee"
    MANAGE_BLANKS = "manage_blanks"
    PUBLISH_PERMITS = "publish_permits"
    CLOSE_DAY = "close_day"
    REVEAL_IDENTITY = "reveal_identity"
    VERIFY_JOURNAL = "verify_journal"
    SHOW_USES = "show_uses"
    COMPARE_USES = "compare_uses"
    REPORT_CERTIFICATE = "report_certificate"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_NUMBERS = "manage_numbers"
    VOID_PAPER_NUMBER = "void_paper_number"
    SEND_AGAIN = "send_again"
    REMIND = "remind"
    LOOK_AT_CREDIT = "look_at_credit"
    LOOK_AT_CERTIFICATE = "look_at_certificate"
    REPORT_FALSE_PROMISE = "report_false_promise"
    ARCHIVE = "archive"
    CHECK_PROMISE = "check_promise"
    REVOKE = "revoke"
    CHECK_ON_SITE = "check_on_site"
    NOTE_CARE = "note_care"
    READ_STANDARDS = "read_standards"
    EDIT_STANDARDS = "edit_standards"
    PUBLISH_STANDARDS = "publish_standards"
    SEE_STEP_TIMES = "see_step_times"


_WINDOW = frozenset(
    {
        Act.OPEN_CASE,
        Act.EDIT_CASE,
        Act.READ_CASE,
        Act.LIST_CASES,
        Act.CALL_CERTIFICATE,
        Act.SHOW_USES,
        Act.REPORT_CERTIFICATE,
        Act.CALL_BY_DUTY,
        Act.RECEIVE,
        Act.ACCEPT,
        Act.NOTIFY_ONCE,
        Act.DECLINE,
        Act.RUN_CHAIN,
        Act.ANSWER_URGING,
        Act.WITHDRAW,
        Act.LAPSE,
        Act.TAKE_STATEMENT,
        Act.SUPPLY,
        Act.REMIND,
        Act.MAKE_PAPER,
        Act.HAND_OUT,
        Act.REVEAL_IDENTITY,
        Act.MANAGE_NUMBERS,
        Act.SEND_AGAIN,
        Act.HOLD_ORIGINALS,
        Act.RECEIVE_TRANSFER,
        Act.SETTLE_FEE,
        Act.CLOSE_DAY,
        Act.NOTE_CARE,
        Act.READ_STANDARDS,
    }
)
_READS = frozenset({Act.READ_CASE, Act.LIST_CASES, Act.READ_STANDARDS})

ALLOWED: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.WINDOW_CLERK: _WINDOW,
        Role.CHIEF_REPRESENTATIVE: _READS
        | {
            Act.DECIDE,
            Act.RECEIVE_TRANSFER,
            Act.CHECK_PROMISE,
            Act.REVOKE,
            Act.CHECK_ON_SITE,
            Act.CORRECT_DECISION,
            Act.OFFER_STATEMENT,
            Act.TAKE_STATEMENT,
            Act.CHECK_SAMPLE,
            Act.LOOK_AT_CREDIT,
            Act.LOOK_AT_CERTIFICATE,
            Act.RETURN_INTERNALLY,
            Act.RUN_PROCEDURE,
            Act.EXTEND,
            Act.RUN_CHAIN,
            Act.ANSWER_URGING,
            Act.LAPSE,
            Act.MAKE_PAPER,
            Act.REVEAL_IDENTITY,
            Act.SEND_AGAIN,
        },
        Role.SUPERVISOR: _READS
        | {
            Act.URGE,
            Act.COMPARE_USES,
            Act.VOID,
            Act.CHECK_PROMISE,
            Act.ARCHIVE,
            Act.EXCUSE,
            Act.NOTIFY_AGAIN,
            Act.CHECK_SAMPLE,
            Act.LOOK_AT_CREDIT,
            Act.LOOK_AT_CERTIFICATE,
            Act.REPORT_FALSE_PROMISE,
            Act.LAPSE,
            Act.REVEAL_IDENTITY,
            Act.MANAGE_NUMBERS,
            Act.VOID_PAPER_NUMBER,
            Act.SEND_AGAIN,
            Act.HAND_OUT,
            Act.LET_THROUGH,
            Act.PUBLISH_PERMITS,
            Act.CLOSE_DAY,
            Act.SEE_STEP_TIMES,
        },
        Role.RESULT_CLERK: _READS
        | {
            Act.HAND_OUT,
            Act.MAKE_PAPER,
            Act.SEND_AGAIN,
            Act.HOLD_ORIGINALS,
            Act.SETTLE_FEE,
            Act.MANAGE_BLANKS,
            Act.PUBLISH_PERMITS,
            Act.CLOSE_DAY,
            Act.NOTE_CARE,
        },
        Role.AGENT: frozenset({Act.OPEN_CASE, Act.EDIT_CASE, Act.READ_CASE}),
        Role.STANDARD_EDITOR: frozenset(
            {Act.READ_STANDARDS, Act.EDIT_STANDARDS, Act.SEE_STEP_TIMES}
        ),
        Role.STANDARD_PUBLISHER: frozenset(
            {Act.READ_STANDARDS, Act.PUBLISH_STANDARDS, Act.SEE_STEP_TIMES}
        ),
        Role.SYSTEM_ADMIN: frozenset({Act.MANAGE_ACCOUNTS}),
        Role.SECURITY_ADMIN: frozenset({Act.MANAGE_ACCOUNTS}),
        Role.AUDITOR: frozenset({Act.VERIFY_JOURNAL, Act.SHOW_USES, Act.COMPARE_USES}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person known to this store; the password is elsewhere.

    A chief representative may hold several mandates: his own, and those of a deputy.
    """

    account_id: str
    display_name: str
    roles: frozenset[Role]
    mandates: tuple[ApprovalMandate, ...] = ()

    @property
    def decides_items(self) -> frozenset[str]:
        """The items of all mandates, whatever their dates and limits say."""
        return frozenset().union(*(mandate.items for mandate in self.mandates))


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person signed in at a counter, until lock or sign-out."""

    account: Account
    counter_code: str
    counter_name: str
    signed_in_at: datetime

    def may(self, act: Act) -> bool:
        """Whether any role of the person carries ``act``."""
        return any(act in ALLOWED[role] for role in self.account.roles)

    def require(self, act: Act) -> None:
        """Raise ``NotAllowed`` unless a role of the person carries ``act``."""
        if not self.may(act):
            raise NotAllowed(
                "当前账号没有这项权限，未做任何改动。换有权限的人登录，或找安全管理员核对"
            )


def exclusive_roles_respected(roles: frozenset[Role]) -> bool:
    """Whether no administrator role is held together with any other role."""
    return not (roles & ADMINISTRATORS) or len(roles) == 1
