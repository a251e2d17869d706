"""What this person has to do besides the running cases (待做), beside the day's other cards."""

from collections.abc import Sequence
from datetime import date

from PyQt6.QtCore import pyqtSignal

from clerk.domain.tasks import TaskLine
from clerk.ui.today_parts import Standing, StandingCard
from clerk.ui.widgets import Button
from clerk.wording import short_day
from clerk.wording_course import TASKS

MOST = 5


class TasksCard(StandingCard):
    """The most urgent tasks; hidden while there are none. ``all_wanted`` asks for the list."""

    all_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__("待做")
        self.all_button = Button("全部", small=True)
        self.head.add(self.all_button)
        self.all_button.clicked.connect(self.all_wanted)
        self.hide()

    def show_tasks(self, tasks: Sequence[TaskLine], today: date) -> None:
        """Show the first few; the list has the rest."""
        more = len(tasks) - MOST
        self.head.hint.setText(f"还有 {more} 个" if more > 0 else "")
        self.show_standings([_standing(line, today) for line in tasks[:MOST]])
        self.setVisible(bool(tasks))


def _by(due_on: date, today: date) -> str:
    """The day first: what does not fit beside it is cut off."""
    return "今天" if due_on == today else short_day(due_on)


def _standing(line: TaskLine, today: date) -> Standing:
    return Standing(
        state="broken" if line.due_on < today else "warning",
        name=TASKS[line.kind],
        detail=f"{_by(line.due_on, today)}，{line.applicant_name or line.label}",
    )
