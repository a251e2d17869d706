"""Who may do what: roles, acts, and the one table that allows.

An act that no line of ``ALLOWED`` gives to a role is denied. The table is read by the use cases
themselves, so hiding a button is never what protects a case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from clerk.domain.errors import NotAllowed


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
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    VOID = "void"
    SUPPLY = "supply"
    EXCUSE = "excuse"
    RUN_PROCEDURE = "run_procedure"
    EXTEND = "extend"
    MAKE_PAPER = "make_paper"
    DECIDE = "decide"
    RETURN_INTERNALLY = "return_internally"
    HAND_OUT = "hand_out"
    REVEAL_IDENTITY = "reveal_identity"
    VERIFY_JOURNAL = "verify_journal"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_NUMBERS = "manage_numbers"
    SEND_AGAIN = "send_again"


_WINDOW = frozenset(
    {
        Act.OPEN_CASE,
        Act.EDIT_CASE,
        Act.READ_CASE,
        Act.LIST_CASES,
        Act.CALL_CERTIFICATE,
        Act.CALL_BY_DUTY,
        Act.RECEIVE,
        Act.ACCEPT,
        Act.NOTIFY_ONCE,
        Act.DECLINE,
        Act.WITHDRAW,
        Act.LAPSE,
        Act.SUPPLY,
        Act.MAKE_PAPER,
        Act.HAND_OUT,
        Act.REVEAL_IDENTITY,
        Act.MANAGE_NUMBERS,
        Act.SEND_AGAIN,
    }
)
_READS = frozenset({Act.READ_CASE, Act.LIST_CASES})

ALLOWED: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.WINDOW_CLERK: _WINDOW,
        Role.CHIEF_REPRESENTATIVE: _READS
        | {
            Act.DECIDE,
            Act.RETURN_INTERNALLY,
            Act.RUN_PROCEDURE,
            Act.EXTEND,
            Act.LAPSE,
            Act.MAKE_PAPER,
            Act.REVEAL_IDENTITY,
            Act.SEND_AGAIN,
        },
        Role.SUPERVISOR: _READS
        | {
            Act.VOID,
            Act.EXCUSE,
            Act.LAPSE,
            Act.REVEAL_IDENTITY,
            Act.MANAGE_NUMBERS,
            Act.SEND_AGAIN,
        },
        Role.RESULT_CLERK: _READS | {Act.HAND_OUT, Act.MAKE_PAPER, Act.SEND_AGAIN},
        Role.AGENT: frozenset({Act.OPEN_CASE, Act.EDIT_CASE, Act.READ_CASE}),
        Role.STANDARD_EDITOR: frozenset[Act](),
        Role.STANDARD_PUBLISHER: frozenset[Act](),
        Role.SYSTEM_ADMIN: frozenset({Act.MANAGE_ACCOUNTS}),
        Role.SECURITY_ADMIN: frozenset({Act.MANAGE_ACCOUNTS}),
        Role.AUDITOR: frozenset({Act.VERIFY_JOURNAL}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalMandate:
    """What a department lets its chief representative decide (首席代表授权书).

    ``items`` are item codes; both dates are included. ``own_intake_permit`` is the number of the
    office's written permission to decide an on-the-spot case (即办件) one took in oneself, empty
    where there is none; it ends with ``own_intake_until_on``.
    """

    number: str
    department: str
    items: frozenset[str]
    from_on: date
    until_on: date
    own_intake_permit: str = ""
    own_intake_until_on: date | None = None

    def covers(self, item_code: str, on: date) -> bool:
        """Whether the mandate lets its holder decide this item on this day."""
        return item_code in self.items and self.from_on <= on <= self.until_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person known to this store; the password is elsewhere."""

    account_id: str
    display_name: str
    roles: frozenset[Role]
    mandate: ApprovalMandate | None = None


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
