"""What the buttons of a problem do: act on its row, or lead to where it is put right."""

from typing import TYPE_CHECKING

from clerk.domain.findings import Remedy
from clerk.ui.intake_stops import Region, Stop

if TYPE_CHECKING:
    from clerk.ui.intake import IntakePage

_KEYS_OF_REMEDIES = {
    Remedy.SCAN: "1",
    Remedy.CHOOSE_FILE: "2",
    Remedy.CALL_CERTIFICATE: "3",
    Remedy.PROMISE: "4",
    Remedy.DEFER: "5",
    Remedy.TAKE_PAPER: "8",
    Remedy.ASK_SHARED_DATA: "Ctrl U",
    Remedy.EXEMPT: "Alt M",
}


def repair(page: "IntakePage", remedy: Remedy, subject: str) -> None:
    """Do what a remedy stands for on the case in front."""
    opened = page.desk.current
    if opened is None:
        return
    if remedy in _KEYS_OF_REMEDIES and subject in opened.verdict.asked:
        page.body.materials.focus_row(subject)
        page.materials.act(_KEYS_OF_REMEDIES[remedy], subject)
    elif remedy is Remedy.READ_CARD:
        page.people.read()
    elif remedy is Remedy.TYPE_APPLICANT:
        page.people.type_applicant()
    elif remedy is Remedy.DECLINE:
        page.decision.decide(opened)
    elif remedy is Remedy.SIGN and subject not in opened.verdict.asked:
        page.people.open_handler()
    elif subject in opened.verdict.asked:
        page.go_to(Stop(Region.MATERIAL, subject))
    elif subject in opened.verdict.questions:
        page.go_to(Stop(Region.QUESTION, subject))
    else:
        page.go_to(Stop(Region.FIELD, subject))
