"""Terms about to end that nobody has looked at yet (时限提醒), beside the day's other cards."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PyQt6.QtCore import pyqtSignal

from clerk.domain.alarms import OVERDUE, AlarmLine
from clerk.domain.deadlines import Term
from clerk.ui.today_parts import Standing, StandingCard
from clerk.ui.widgets import Button
from clerk.wording_course import alarm_words

MOST = 5


class AlarmsCard(StandingCard):
    """The most urgent alarms; hidden while there are none.

    ``seen`` carries the cases whose alarms a person has just looked at.
    """

    seen = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__("时限提醒")
        self._cases: tuple[UUID, ...] = ()
        self.seen_button = Button("看过了", small=True)
        self.head.add(self.seen_button)
        self.seen_button.clicked.connect(lambda: self.seen.emit(self._cases))
        self.hide()

    def show_alarms(self, alarms: Sequence[AlarmLine], today: date) -> None:
        """Show the first few; the rest follows when these were seen."""
        first = tuple(alarms[:MOST])
        more = len(alarms) - len(first)
        self._cases = tuple(dict.fromkeys(line.case_id for line in first))
        self.head.hint.setText(f"还有 {more} 个" if more else "")
        self.show_standings([_standing(line, today) for line in first])
        self.setVisible(bool(first))


def _standing(line: AlarmLine, today: date) -> Standing:
    past = line.alarm.step == OVERDUE or line.alarm.term is Term.RECEPTION
    return Standing(
        state="broken" if past else "warning",
        name=line.applicant_name or line.label,
        detail=alarm_words(line.alarm, today),
    )
