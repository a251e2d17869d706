"""补核重扫: which material that was sent back, and its new picture."""

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.course import CaseRules
from clerk.domain.retaking import retakable
from clerk.domain.standard import Way
from clerk.jobs import Jobs
from clerk.ui import theme
from clerk.ui.actions import LatePaperActions
from clerk.ui.approval_dialogs import TickList
from clerk.ui.intake_frame import choose_path
from clerk.ui.paper_box import ChoosePath, PaperBox
from clerk.ui.widgets import Label
from clerk.wording_course import ACTS


class RetakeForm(QWidget):
    """One list of materials, then how the new picture is taken."""

    def __init__(
        self,
        rules: CaseRules,
        case: Case,
        actions: LatePaperActions,
        jobs: Jobs,
        *,
        choose: ChoosePath = choose_path,
    ) -> None:
        super().__init__()
        self._codes = retakable(case)
        names = [rules.standard.requirement(code).name for code in self._codes]
        self.which = TickList(names, many=False, name="哪一份材料")
        self.box = PaperBox("重扫", (Way.SCAN, Way.FILE), actions, jobs, choose=choose)
        says = "只换看不清的图像，材料还是受理时的那份，旧图像留着。不向群众要新材料"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(ACTS[CaseAct.RETAKE], size=16, bold=True))
        column.addWidget(Label(says, size=13, tone="t2", wrap=True))
        column.addWidget(self.which)
        column.addWidget(self.box)
        column.addStretch(1)
        if len(self._codes) == 1:
            self.which.toggle(0)

    def first(self) -> QWidget:
        """Where the keys go first: the material, or the ways where there is only one."""
        return self.box.list if self.which.chosen() else self.which

    def words(self) -> ActWords | str:
        """Return what was chosen, or what is still missing, as a sentence."""
        chosen = self.which.chosen()
        if not chosen:
            self.which.setFocus()
            return "还没选哪一份材料"
        lacking = self.box.lacking()
        if lacking:
            return lacking
        return ActWords(material=self._codes[chosen[0]], files=self.box.files())
