"""收容缺补件 and the signed promise: what is asked when a late paper, or its promise, comes in."""

from collections.abc import Callable
from datetime import date

from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.deferral import open_deferrals
from clerk.domain.posting import came_by_post, parcel_day
from clerk.domain.standard import Requirement, Way
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.actions import LatePaperActions
from clerk.ui.approval_dialogs import TickList
from clerk.ui.intake_frame import choose_path
from clerk.ui.paper_box import ChoosePath, PaperBox
from clerk.ui.widgets import Field, Label
from clerk.wording import short_day
from clerk.wording_course import ACTS


class LatePaperForm(QWidget):
    """Which paper, how it came, what a person saw in it, and on which day it reached us."""

    def __init__(
        self,
        rules: CaseRules,
        case: Case,
        actions: LatePaperActions,
        jobs: Jobs,
        *,
        material: str = "",
        choose: ChoosePath = choose_path,
    ) -> None:
        super().__init__()
        self._rules, self._actions, self._jobs, self._choose = rules, actions, jobs, choose
        self._case = case
        still = open_deferrals(rules, case)
        self._codes = sorted(still)
        texts = [
            f"{rules.standard.requirement(code).name}，{short_day(still[code])}前补"
            for code in self._codes
        ]
        self.which = TickList(texts, many=False, name="哪一份材料")
        self.arrived = Field("哪天送到的，今天不用填")
        self.why = Field("不是今天的，怎样送到的（如邮寄签收）")
        self._asked: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self._column.addWidget(Label(ACTS[CaseAct.SUPPLY], size=16, bold=True))
        self._column.addWidget(
            Label("送到的这天算数，哪个窗口都能收。原来的容缺承诺留在下面", size=13, tone="t2")
        )
        self._column.addWidget(self.which)
        day = QHBoxLayout()
        day.setSpacing(theme.px(10))
        day.addWidget(self.arrived, 2)
        day.addWidget(self.why, 3)
        self._column.addLayout(day)
        self._column.addStretch(1)
        self.which.changed.connect(self._show_asked)
        wanted = material if material in still else self._codes[0] if len(still) == 1 else ""
        if wanted:
            self.which.toggle(self._codes.index(wanted))

    def first(self) -> QWidget:
        """Where the keys go first: the paper, or how it came where that is known."""
        return self.box.list if self.which.chosen() else self.which

    def words(self) -> ActWords | str:
        """Return what was written down, or what is still missing or unreadable, as a sentence."""
        chosen = self.which.chosen()
        if not chosen:
            return "还没选哪一份材料"
        lacking = self.box.lacking()
        if lacking:
            return lacking
        if len(self.points.chosen()) < len(self._asking.review_points):
            return "要点没有逐项看过，都符合才能收下"
        arrived, issued = _day(self.arrived.value()), _day(self.issued.value())
        if isinstance(arrived, str) or isinstance(issued, str):
            return "日子要写成 2026-03-20 这样"
        way = self.box.way()
        return ActWords(
            material=self._asking.code,
            choice=way.value if way else "",
            files=self.box.files(),
            seen=tuple(point.code for point in self._asking.review_points),
            on=arrived,
            reason=self.why.value().strip(),
            issued_on=issued,
        )

    def _show_asked(self) -> None:
        """Show the ways and the points of the chosen paper, instead of another's."""
        if self._asked is not None:
            self._column.removeWidget(self._asked)
            self._asked.deleteLater()
            self._asked = None
        chosen = self.which.chosen()
        if not chosen:
            return
        self._asking: Requirement = self._rules.standard.requirement(self._codes[chosen[0]])
        asked = self._asking
        self.box = PaperBox(asked.name, asked.ways, self._actions, self._jobs, choose=self._choose)
        self.points = TickList(
            [point.text for point in asked.review_points], many=True, name="逐项看，符合的选上"
        )
        self.issued = Field("材料上的日期，如 2026-03-01")
        self.issued.setVisible(asked.ages)
        self._asked = QWidget()
        column = QVBoxLayout(self._asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (self.box, self.points, self.issued):
            column.addWidget(widget)
        self._column.insertWidget(self._column.indexOf(self.which) + 1, self._asked)
        self._show_how_it_came(asked.code)

    def _show_how_it_came(self, material: str) -> None:
        """Of a paper that lay in a parcel, the day the parcel came is known."""
        parcel = came_by_post(self._case, material)
        if parcel is not None:
            self.arrived.set_value(parcel_day(parcel).isoformat())
            self.why.set_value(f"邮寄，{parcel.waybill_number or parcel.sender}")


class SignedPromiseForm(QWidget):
    """The promise as the applicant signed it: kept on paper, or as a scan."""

    def __init__(
        self,
        actions: LatePaperActions,
        jobs: Jobs,
        *,
        choose: ChoosePath = choose_path,
    ) -> None:
        super().__init__()
        self.box = PaperBox(
            "容缺受理承诺书", (Way.PAPER, Way.SCAN, Way.FILE), actions, jobs, choose=choose
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(ACTS[CaseAct.SIGN_DEFERRAL], size=16, bold=True))
        column.addWidget(
            Label("两份都签好，一份交申请人，一份存档。存档的这份怎样留", size=13, tone="t2")
        )
        column.addWidget(self.box)
        column.addStretch(1)

    def first(self) -> QWidget:
        """Where the keys go first."""
        return self.box.list

    def words(self) -> ActWords | str:
        """Return what was written down, or what is still missing, as a sentence."""
        return self.box.lacking() or ActWords(files=self.box.files())


Form = LatePaperForm | SignedPromiseForm


def forms_of_late_papers(
    rules: CaseRules, case: Case, actions: LatePaperActions, jobs: Jobs, material: str = ""
) -> dict[CaseAct, Callable[[], Form]]:
    """Return how to make the forms that need more than boxes."""
    return {
        CaseAct.SUPPLY: lambda: LatePaperForm(rules, case, actions, jobs, material=material),
        CaseAct.SIGN_DEFERRAL: lambda: SignedPromiseForm(actions, jobs),
    }


def _day(text: str) -> date | str | None:
    """Read a day; empty is None, what cannot be read comes back as it is."""
    plain = text.strip()
    if not plain:
        return None
    try:
        return date.fromisoformat(plain)
    except ValueError:
        return plain
