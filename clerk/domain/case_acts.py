"""Acts on a case after it was taken in (办件操作), why one is not open, and what it asks for.

Who may do which act from which state is the table in ``clerk.domain.act_rules``.
"""

from datetime import date, datetime
from enum import StrEnum

from clerk.domain.material import StoredFile
from clerk.values import dataclass


class CaseAct(StrEnum):
    """An act on a case that is no draft any more."""

    NOTIFY_AGAIN = "notify_again"
    SUPPLY = "supply"
    EXCUSE = "excuse"
    FAIL_DEFERRAL = "fail_deferral"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    START_PROCEDURE = "start_procedure"
    END_PROCEDURE = "end_procedure"
    EXTEND = "extend"
    VOID = "void"
    OFFER_STATEMENT = "offer_statement"
    TAKE_STATEMENT = "take_statement"
    CORRECT_DECISION = "correct_decision"
    CHECK_SAMPLE = "check_sample"
    PLACE_ORIGINALS = "place_originals"
    RETURN_ORIGINALS = "return_originals"
    RECEIVE_TRANSFER = "receive_transfer"
    CHANGE_WAY = "change_way"
    SEND_RESULT = "send_result"
    REMIND_RESULT = "remind_result"
    SETTLE_FEE = "settle_fee"
    SIGN_DEFERRAL = "sign_deferral"
    REMIND_DEFERRAL = "remind_deferral"
    LOOK_AT_CREDIT = "look_at_credit"
    WITHDRAW_PROMISE = "withdraw_promise"
    CHECK_PROMISE = "check_promise"
    CHECK_ONLINE = "check_online"
    ORDER_REPAIR = "order_repair"
    OFFER_HEARING = "offer_hearing"
    ANSWER_HEARING = "answer_hearing"
    REVOKE = "revoke"
    SERVE_REVOCATION = "serve_revocation"
    REPORT_FALSE_PROMISE = "report_false_promise"
    AGREE_SITE_CHECK = "agree_site_check"
    RECORD_SITE_CHECK = "record_site_check"
    GIVE_OPINION = "give_opinion"
    SEND_DOWN = "send_down"
    PASS_ON = "pass_on"
    CONCLUDE = "conclude"
    URGE = "urge"
    ANSWER_URGING = "answer_urging"
    OFFER_TO_BRING = "offer_to_bring"
    RETAKE = "retake"
    NOTE_CARE = "note_care"
    RECORD_VISIT = "record_visit"
    TAKE_POSTED = "take_posted"
    VERIFY_CERTIFICATE = "verify_certificate"
    LOOK_AT_CERTIFICATE = "look_at_certificate"


STAYS_HERE = frozenset({CaseAct.NOTE_CARE, CaseAct.RECORD_VISIT})
"""Acts that no department is told of: whom the window visits is nobody else's matter."""


class ActBar(StrEnum):
    """Why an act is not open; the words are in ``clerk.wording_acts``."""

    NOT_YOUR_ROLE = "not_your_role"
    NOT_IN_THIS_STATE = "not_in_this_state"
    NOTHING_LEFT_OUT = "nothing_left_out"
    NOTHING_DEFERRED = "nothing_deferred"
    TERM_STILL_RUNS = "term_still_runs"
    NO_TERM = "no_term"
    NOT_LISTED = "not_listed"
    EXTENDED_BEFORE = "extended_before"
    TERM_PASSED = "term_passed"
    OUTSIDE_MANDATE = "outside_mandate"
    MANDATE_NOT_RUNNING = "mandate_not_running"
    OVER_MANDATE = "over_mandate"
    OWN_WORK = "own_work"
    NOTHING_SAMPLED = "nothing_sampled"
    NOTHING_TO_HEAR = "nothing_to_hear"
    TOLD_BEFORE = "told_before"
    NO_ORIGINALS = "no_originals"
    NOTHING_HANDED_ON = "nothing_handed_on"
    UNDER_WAY = "under_way"
    NO_ADDRESS = "no_address"
    REMINDERS_RUN = "reminders_run"
    ORIGINALS_OPEN = "originals_open"
    NOT_PAID = "not_paid"
    FEES_SETTLED = "fees_settled"
    SIGNED_BEFORE = "signed_before"
    NO_CREDIT_CHANGE = "no_credit_change"
    NOTHING_PROMISED = "nothing_promised"
    NOTHING_TO_CHECK = "nothing_to_check"
    NOTHING_TO_ASK = "nothing_to_ask"
    NOTHING_FALSE = "nothing_false"
    REPAIR_RUNS = "repair_runs"
    NOT_HEARD = "not_heard"
    REPORTED_BEFORE = "reported_before"
    SERVED_BEFORE = "served_before"
    NOTHING_AGREED = "nothing_agreed"
    NO_LEVEL = "no_level"
    LEVEL_OPEN = "level_open"
    SPOKE_BEFORE = "spoke_before"
    DEFERRAL_OPEN = "deferral_open"
    WITH_NOBODY = "with_nobody"
    ANSWER_AWAITED = "answer_awaited"
    NOTHING_URGED = "nothing_urged"
    PUBLICITY_RUNS = "publicity_runs"
    NOTHING_TO_RETAKE = "nothing_to_retake"
    NO_VISIT = "no_visit"
    NOTHING_UNVERIFIED = "nothing_unverified"
    NO_CERTIFICATE_CHANGE = "no_certificate_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedAct:
    """An act and why it is not open now; None where it is."""

    act: CaseAct
    bar: ActBar | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWords:
    """What a person writes down for an act; each act takes its own of them.

    ``material`` and ``procedure`` are codes of the item's standard, ``approved_by`` is the head of
    the authority. ``choice`` is one of what the act lists, ``people`` who took part, ``others`` who
    may not, ``on`` the day it happened, ``number`` a number from elsewhere (receipt, waybill),
    ``note`` what else is to be kept.
    """

    reason: str = ""
    approved_by: str = ""
    material: str = ""
    procedure: str = ""
    workdays: int = 0
    until_on: date | None = None
    choice: str = ""
    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    on: date | None = None
    number: str = ""
    amount_fen: int = 0
    note: str = ""
    files: tuple[StoredFile, ...] = ()
    seen: tuple[str, ...] = ()
    """Review points of the material that a person has looked at and that hold."""
    issued_on: date | None = None
    """The day that the material bears."""
    arrived_at: datetime | None = None
    """When a parcel reached the office."""
