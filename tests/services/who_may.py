"""Who may do which act from which state, said a second time and read by ``test_matrix``.

Roles by their letters: W window clerk, C chief representative, S supervisor, R result clerk, A agent.
States by the codes of 办件状态. What no line says, nobody may.

Source: 行政许可法 art. 26, 30, 32, 42, 45, 69; the office's division of work (受理、审批、监督分开).
"""

from collections.abc import Mapping

UNDECIDED = "10 11 20 30 31"
PENDING = "20 30"
TAKEN_IN = "10 11 20 30 31 40 41 42 50 51 90 92 93 94 95"
GRANTED = "40 50 51"

ACTS: Mapping[str, tuple[str, str]] = {
    "supply": ("W", "20 30 31 40 50"),
    "notify_again": ("S", "10 11"),
    "excuse": ("S", "20 30 31"),
    "fail_deferral": ("WCS", "11 20 30 31"),
    "lapse": ("WCS", "11 20 30 31"),
    "withdraw": ("W", UNDECIDED),
    "start_procedure": ("C", PENDING),
    "end_procedure": ("C", "31"),
    "extend": ("C", PENDING),
    "void": ("S", f"00 {UNDECIDED}"),
    "give_opinion": ("WC", PENDING),
    "send_down": ("WC", PENDING),
    "pass_on": ("WC", PENDING),
    "conclude": ("W", "20"),
    "urge": ("S", f"{UNDECIDED} 40 41 42 50"),
    "answer_urging": ("WC", TAKEN_IN),
    "retake": ("WA", PENDING),
    "note_care": ("WR", f"{UNDECIDED} 40 41 42 50"),
    "record_visit": ("WR", TAKEN_IN),
    "take_posted": ("W", UNDECIDED),
    "offer_statement": ("C", PENDING),
    "take_statement": ("WC", PENDING),
    "correct_decision": ("C", "40 41 50 51"),
    "check_sample": ("CS", TAKEN_IN),
    "place_originals": ("WR", TAKEN_IN),
    "return_originals": ("WR", TAKEN_IN),
    "receive_transfer": ("WC", TAKEN_IN),
    "change_way": ("WSR", f"{UNDECIDED} 40 41 42 50"),
    "send_result": ("WSR", "50"),
    "remind_result": ("WSR", "50"),
    "offer_to_bring": ("WSR", "50"),
    "sign_deferral": ("W", "20 30 31 40 50"),
    "remind_deferral": ("W", "20 30 31"),
    "look_at_credit": ("CS", TAKEN_IN),
    "verify_certificate": ("W", TAKEN_IN),
    "look_at_certificate": ("CS", TAKEN_IN),
    "settle_fee": ("WR", TAKEN_IN),
    "withdraw_promise": ("W", "10 20 30 31"),
    "check_promise": ("CS", TAKEN_IN),
    "check_online": ("CS", TAKEN_IN),
    "order_repair": ("C", GRANTED),
    "offer_hearing": ("C", GRANTED),
    "answer_hearing": ("WC", GRANTED),
    "revoke": ("C", GRANTED),
    "serve_revocation": ("WSR", "42"),
    "report_false_promise": ("S", f"{GRANTED} 42"),
    "agree_site_check": ("C", PENDING),
    "record_site_check": ("C", PENDING),
}
"""Acts on a case that was taken in (其他处理)."""

MAIN: Mapping[str, tuple[str, str]] = {
    "accept": ("W", "00 11"),
    "receive": ("W", "00 11"),
    "notify_once": ("W", "00 10"),
    "decline": ("W", "00 10"),
    "decide": ("C", PENDING),
    "send_back": ("C", PENDING),
    "answer_return": ("WA", TAKEN_IN),
    "hand_out": ("WRS", "50"),
}
"""The acts of the main job."""

NEVER_ON_OWN_WORK = frozenset(
    {
        "check_promise",
        "check_online",
        "check_sample",
        "decide",
        "give_opinion",
        "send_down",
        "offer_statement",
        "offer_hearing",
        "order_repair",
        "revoke",
        "report_false_promise",
        "correct_decision",
    }
)
"""Who took the case in checks neither its promises nor the decision, decides no 承诺件 nor does
what belongs to the decision, and speaks for no level before it."""
