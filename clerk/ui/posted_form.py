"""收寄来的材料: who sent it, when it came, and what lay in it, opened before the camera."""

from datetime import datetime

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.days import HALL_ZONE, local_date, local_time
from clerk.domain.posting import asked_materials, outstanding
from clerk.domain.standard import Way
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.actions import LatePaperActions
from clerk.ui.approval_dialogs import TickList
from clerk.ui.intake_frame import choose_path
from clerk.ui.paper_box import ChoosePath, PaperBox
from clerk.ui.widgets import Field, Label
from clerk.wording_course import ACTS

_SAYS = "当着高拍仪开拆。没选的记作缺，符合要求的再用“收容缺补件”或在受理里收"


class PostedForm(QWidget):
    """The parcel, then the list of the case; what is not ticked and still to come is missing."""

    def __init__(
        self,
        rules: CaseRules,
        case: Case,
        actions: LatePaperActions,
        jobs: Jobs,
        now: datetime,
        *,
        choose: ChoosePath = choose_path,
    ) -> None:
        super().__init__()
        on = local_date(now)
        asked, to_come = asked_materials(rules, case, on), outstanding(rules, case, on)
        self._codes = [one.code for one in asked]
        self.sent_by, self.waybill = Field("寄件人"), Field("运单号，平信不填")
        self.arrived = Field("送到的时间")
        self.sent_by.set_value(case.applicant_name)
        self.arrived.set_value(f"{local_time(now):%Y-%m-%d %H:%M}")
        self.there = TickList(
            [f"{one.name}{'' if one.code in to_come else '，收过了'}" for one in asked],
            many=True,
            name="邮件里有哪些",
        )
        self.besides = Field("清单外的，用顿号隔开；空的写“空件”")
        self.box = PaperBox("开拆照片", (Way.SCAN, Way.FILE), actions, jobs, choose=choose)
        self.unseen = Field("没拍照的原因，拍了不填")
        self._lay_out()

    def _lay_out(self) -> None:
        """The parcel on the left, what lay in it on the right; the keys go in reading order."""
        left, right = QVBoxLayout(), QVBoxLayout()
        asks = Label("邮件里有的选上", size=13, tone="t2")
        parcel: tuple[QWidget, ...] = (
            self.sent_by,
            self.waybill,
            self.arrived,
            self.box,
            self.unseen,
        )
        inside: tuple[QWidget, ...] = (asks, self.there, self.besides)
        for part in (
            self.sent_by,
            self.waybill,
            self.arrived,
            self.there,
            self.besides,
            self.box,
            self.unseen,
        ):
            part.setParent(self)  # in the order in which Tab goes
        for side, parts in ((left, parcel), (right, inside)):
            side.setSpacing(theme.px(4))
            for widget in parts:
                side.addWidget(widget)
            side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        row.addLayout(left, 5)
        row.addLayout(right, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(Label(ACTS[CaseAct.TAKE_POSTED], size=16, bold=True))
        column.addWidget(Label(_SAYS, size=12, tone="t2", wrap=True))
        column.addLayout(row, 1)

    def first(self) -> QWidget:
        """Where the keys go first: the waybill, since the sender is mostly who applies."""
        return self.waybill.editor

    def words(self) -> ActWords | str:
        """Return what was written down, or what is unreadable, as a sentence."""
        arrived_at = _moment(self.arrived.value())
        if arrived_at is None:
            self.arrived.focus_editor()
            return "送到的时间要写成 2026-03-20 09:30 这样"
        besides = self.besides.value().replace("，", "、").replace(",", "、").split("、")
        sender = self.sent_by.value().strip()
        return ActWords(
            people=(sender,) if sender else (),
            number=self.waybill.value().strip(),
            arrived_at=arrived_at,
            seen=tuple(self._codes[place] for place in self.there.chosen()),
            others=tuple(one.strip() for one in besides if one.strip()),
            files=self.box.files(),
            reason=self.unseen.value().strip(),
        )


def _moment(text: str) -> datetime | None:
    """Read a moment of the hall's clock."""
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=HALL_ZONE)
    except ValueError:
        return None
