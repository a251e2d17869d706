"""其他处理: the acts on a case that was taken in; each asks what the law wants written down."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct, OfferedAct
from clerk.domain.course import CaseRules
from clerk.domain.deferral import open_deferrals
from clerk.domain.special import procedures_of
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import CaseActions
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import TickList
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, Field, Label, Notice
from clerk.wording import short_day
from clerk.wording_course import ACTS, BARS

_REASONS = {
    CaseAct.EXCUSE: "耽误的原因",
    CaseAct.FAIL_DEFERRAL: "终止的理由",
    CaseAct.WITHDRAW: "撤回的原因，撤回申请收到没有",
    CaseAct.END_PROCEDURE: "特别程序的结果",
    CaseAct.EXTEND: "延长的理由",
    CaseAct.VOID: "作废的理由",
}
_DOCUMENTED = {CaseAct.START_PROCEDURE, CaseAct.EXTEND}
_OF_MATERIAL = {CaseAct.SUPPLY, CaseAct.EXCUSE}

_SAYS = {
    CaseAct.SUPPLY: "送到的这天算数。收下后容缺计时停止，原来的容缺承诺留在下面",
    CaseAct.EXCUSE: "不可抗力等不怪申请人的事才延期，不能晚于法定时限",
    CaseAct.FAIL_DEFERRAL: "办件到此终止。不会因此记失信，要记由人另行决定",
    CaseAct.LAPSE: "补正期限已过，办件到此终止，已收的材料退还，可以重新申请",
    CaseAct.WITHDRAW: "申请人书面撤回后办件终止，已收的材料退还",
    CaseAct.START_PROCEDURE: "启动后承诺和法定时限停住，结束后顺延。现场核查不停计时",
    CaseAct.END_PROCEDURE: "时限从结束次日接着算，顺延占用的工作日",
    CaseAct.EXTEND: "本机关负责人在期满以前批准，只能一次，理由要书面告知申请人",
    CaseAct.VOID: "开错的件才作废，编号不再使用，经过留着",
}


class OtherActs(QObject):
    """Offers the acts on a case in a dialog and does the one that is confirmed.

    ``done`` says what was done; ``failed`` carries a ``ClerkError``, and nothing was changed.
    """

    done = pyqtSignal(str)
    failed = pyqtSignal(object)

    def __init__(
        self,
        host: QWidget,
        actions: CaseActions,
        jobs: Jobs,
        open_dialog: Callable[[QWidget, Dialog], None],
    ) -> None:
        super().__init__(host)
        self._host, self._actions, self._jobs = host, actions, jobs
        self._open_dialog = open_dialog

    def offer(self, case: Case) -> None:
        """Show which acts are open to this person on this case, and why the others are not."""
        dialog = CaseActsDialog(
            self._actions.rules(case),
            case,
            self._actions.offered_acts(case),
            partial(self._do, case),
        )
        self._open_dialog(self._host, dialog)

    def _do(self, case: Case, act: CaseAct, words: ActWords) -> None:
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.do_act, case.case_id, act, words),
            owner=self,
            then=lambda after: self.done.emit(f"{after.label}{ACTS[act]}，已登记并转告部门"),
            failed=self.failed.emit,
        )


class CaseActsDialog(Dialog):
    """First which act, by digit; then what it asks; F9 does it.

    ``confirmed`` gets the act and the words; nothing is changed before.
    """

    def __init__(
        self,
        rules: CaseRules,
        case: Case,
        offered: Sequence[OfferedAct],
        confirmed: Callable[[CaseAct, ActWords], None],
    ) -> None:
        super().__init__("其他处理", width=640, height=520)
        self._rules, self._case, self._confirmed = rules, case, confirmed
        self._open = [one.act for one in offered if one.bar is None]
        self._barred = [(one.act, one.bar) for one in offered if one.bar is not None]
        self._act: CaseAct | None = None
        self.choice = TickList([ACTS[act] for act in self._open], many=False, name="办哪一项")
        self.steps = QStackedWidget()
        self.notice = Notice("warn")
        self.button = Button("下一步", key="F9", kind="compact")
        self.back_button = Button("换一项")
        self._lay_out()
        self.choice.changed.connect(self._on_chosen)
        self.button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(self._back)

    def _lay_out(self) -> None:
        case = self._case
        what = f"{case.label}　{case.item_name}，{case.applicant_name}"
        self.body.addWidget(Label(what, bold=True, elide=True))
        self.steps.addWidget(self._first_step())
        self.body.addWidget(self.steps, 1)
        self.body.addWidget(self.notice)
        self.foot.addWidget(self.back_button)
        self.back_button.hide()
        self.foot.addStretch(1)
        self.foot.addWidget(self.button)
        self.button.setEnabled(bool(self._open))

    def _first_step(self) -> QWidget:
        made, column = _column()
        column.addWidget(self.choice)
        if not self._open:
            column.addWidget(Label("这件现在没有可办的其他处理", size=14, tone="t2"))
        shut = "；".join(f"{ACTS[act]}，{BARS[bar]}" for act, bar in self._barred)
        self.shut = Label(f"现在不能办：{shut}", size=12, tone="t3", wrap=True)
        if shut:
            column.addWidget(self.shut)
        column.addStretch(1)
        return made

    @override
    def acts(self) -> Sequence[Act]:
        return (
            Act(
                name=self.button.words,
                key="F9",
                also=("Ctrl+Return", "Ctrl+Enter"),
                trigger=self.go_on,
                enabled=lambda: bool(self._open),
            ),
            Act(name="选一项", key="1–9", trigger=self.choice.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.choice if self._open else self.button

    def go_on(self) -> None:
        """From the choice to what the act asks, and from there to doing it."""
        if self._act is None:
            self._on_chosen()
            return
        words = self.form.words()
        if isinstance(words, str):
            self.notice.show_trouble(words, "还没有改动", "补上再按 F9")
            return
        act = self._act
        self.close_dialog()
        self._confirmed(act, words)

    def _on_chosen(self) -> None:
        chosen = self.choice.chosen()
        if not chosen:
            self.notice.show_trouble("还没选办哪一项", "", "按数字选")
            return
        self.notice.clear()
        self._act = self._open[chosen[0]]
        self.form = _Form(self._rules, self._case, self._act)
        self.steps.addWidget(self.form)
        self.steps.setCurrentWidget(self.form)
        self.button.setText(ACTS[self._act])
        self.back_button.show()
        self.form.first().setFocus()

    def _back(self) -> None:
        self._act = None
        self.notice.clear()
        self.steps.removeWidget(self.form)
        self.form.deleteLater()
        self.steps.setCurrentIndex(0)
        self.button.setText("下一步")
        self.back_button.hide()
        for place in self.choice.chosen():
            self.choice.toggle(place)
        self.choice.setFocus()


class _Form(QWidget):
    """What one act asks: only the boxes that it needs, in reading order."""

    def __init__(self, rules: CaseRules, case: Case, act: CaseAct) -> None:
        super().__init__()
        self._act = act
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(Label(ACTS[act], size=16, bold=True))
        column.addWidget(Label(_SAYS[act], size=13, tone="t2", wrap=True))
        self._codes: list[str] = []
        self._which: TickList | None = None
        self._boxes: dict[str, Field] = {}
        if act in _OF_MATERIAL:
            still = open_deferrals(rules, case)
            self._codes = sorted(still)
            names = [rules.standard.requirement(code).name for code in self._codes]
            texts = [
                f"{name}，{short_day(still[code])}前补"
                for name, code in zip(names, self._codes, strict=True)
            ]
            self._which = self._list(texts, "哪一份材料")
        elif act is CaseAct.START_PROCEDURE:
            self._codes = [one.name for one in procedures_of(rules)]
            self._which = self._list(self._codes, "哪一项程序")
        if self._which is not None:
            column.addWidget(self._which)
        self._labels = dict(self._asked(rules))
        for name, label in self._labels.items():
            self._boxes[name] = Field(label)
            column.addWidget(self._boxes[name])
        column.addStretch(1)

    def _asked(self, rules: CaseRules) -> list[tuple[str, str]]:
        act, asked = self._act, []
        if act is CaseAct.EXTEND and rules.law.extension is not None:
            asked.append(("workdays", f"延长几个工作日（最多 {rules.law.extension.amount}）"))
            asked.append(("approved_by", "批准的本机关负责人"))
        if act is CaseAct.EXCUSE:
            asked.append(("until_on", "新的期限，如 2026-03-30"))
        if act in _DOCUMENTED:
            asked.append(("document", "告知书文号"))
        if act in _REASONS:
            asked.append(("reason", _REASONS[act]))
        return asked

    def _list(self, texts: Sequence[str], name: str) -> TickList:
        made = TickList(texts, many=False, name=name)
        if len(texts) == 1:
            made.toggle(0)
        return made

    def box(self, name: str) -> Field:
        """The box of that name; which there are depends on the act."""
        return self._boxes[name]

    def first(self) -> QWidget:
        """Where the keys go first: the list that is still open, else the first box."""
        if self._which is not None and not self._which.chosen():
            return self._which
        boxes = list(self._boxes.values())
        return boxes[0].editor if boxes else self

    def words(self) -> ActWords | str:
        """Return what was written down, or what is still missing, as a sentence."""
        texts = {name: box.value().strip() for name, box in self._boxes.items()}
        for name, box in self._boxes.items():
            if not texts[name]:
                box.editor.setFocus()
                return f"还没填{self._labels[name]}"
        words = ActWords(
            reason=texts.get("reason", ""),
            document=texts.get("document", ""),
            approved_by=texts.get("approved_by", ""),
        )
        if self._which is not None:
            chosen = self._which.chosen()
            if not chosen:
                self._which.setFocus()
                return "还没选是哪一项"
            code = self._codes[chosen[0]]
            of_material = self._act in _OF_MATERIAL
            words = replace(words, material=code) if of_material else replace(words, procedure=code)
        return self._counted(words, texts)

    def _counted(self, words: ActWords, texts: dict[str, str]) -> ActWords | str:
        if "workdays" in texts:
            if not texts["workdays"].isdecimal():
                return "延长的天数要写成数字"
            words = replace(words, workdays=int(texts["workdays"]))
        if "until_on" in texts:
            try:
                words = replace(words, until_on=date.fromisoformat(texts["until_on"]))
            except ValueError:
                return "新的期限要写成 2026-03-30 这样"
        return words


def _column() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(10))
    return made, column
