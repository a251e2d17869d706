"""其他处理: the acts on a case that was taken in; each asks what the law wants written down."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.case_acts import STAYS_HERE, ActBar, ActWords, CaseAct, OfferedAct
from clerk.domain.course import CaseRules
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError, PinNeeded
from clerk.domain.late_paper_code import LatePaperCode
from clerk.jobs import Jobs, Lane
from clerk.ui import theme
from clerk.ui.actions import CaseActions
from clerk.ui.acts import Act
from clerk.ui.approval_dialogs import TickList
from clerk.ui.attach_files import Attaching
from clerk.ui.care import CareForm
from clerk.ui.case_act_forms import FORMS, CaseActForm
from clerk.ui.intake_frame import choose_path
from clerk.ui.late_paper import Form, forms_of_late_papers
from clerk.ui.overriding import override
from clerk.ui.pin_dialog import PinKeeper
from clerk.ui.posted_form import PostedForm
from clerk.ui.retake_form import RetakeForm
from clerk.ui.widgets import Button, Dialog, Label, Notice
from clerk.wording_checks import online_words
from clerk.wording_course import ACTS, BARS

AnyForm = CaseActForm | Form | RetakeForm | CareForm | PostedForm
"""What a person writes down for an act, in boxes or in a form of its own."""


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
        say: Callable[[str], None],
        choose_path: Callable[[QWidget], Path | None] = choose_path,
    ) -> None:
        super().__init__(host)
        self._choose_path, self._say = choose_path, say
        self._host, self._actions, self._jobs = host, actions, jobs
        self._open_dialog = open_dialog
        self._pin = PinKeeper(host, actions.pin, jobs, open_dialog, self.done.emit)

    def offer(self, case: Case) -> None:
        """Show which acts are open to this person on this case, and why the others are not."""
        self._open_dialog(self._host, self._dialog(case, ""))

    def find_late_paper(self, code: LatePaperCode) -> None:
        """Find the case of a scanned or typed code and go on to its late paper (收容缺补件)."""
        self._jobs.run(
            Lane.STORE,
            partial(self._actions.late.find, code),
            owner=self,
            then=partial(self._offer_late_paper, code.material),
            failed=lambda error: self._say(str(error)),
        )

    def _offer_late_paper(self, material: str, case: Case) -> None:
        dialog = self._dialog(case, material)
        self._open_dialog(self._host, dialog)
        dialog.begin(CaseAct.SUPPLY)

    def _dialog(self, case: Case, material: str) -> "CaseActsDialog":
        rules = self._actions.rules(case)
        return CaseActsDialog(
            rules,
            case,
            self._actions.offered_acts(case),
            partial(self._do, case),
            {
                **forms_of_late_papers(rules, case, self._actions.late, self._jobs, material),
                **self._with_files(rules, case),
                CaseAct.NOTE_CARE: partial(CareForm, case),
                CaseAct.OFFER_TO_BRING: partial(
                    CaseActForm,
                    rules,
                    case,
                    CaseAct.OFFER_TO_BRING,
                    today=local_date(self._actions.here.now()),
                ),
                CaseAct.TAKE_POSTED: lambda: PostedForm(
                    rules,
                    case,
                    self._actions.late,
                    self._jobs,
                    self._actions.here.now(),
                    choose=self._choose_path,
                ),
                CaseAct.RETAKE: lambda: RetakeForm(
                    rules, case, self._actions.late, self._jobs, choose=self._choose_path
                ),
            },
        )

    def _with_files(self, rules: CaseRules, case: Case) -> Mapping[CaseAct, Callable[[], AnyForm]]:
        """The forms to which pictures and papers may be attached."""
        attaching = Attaching(
            jobs=self._jobs, keep=self._actions.keep_check_file, choose_path=self._choose_path
        )
        attached = (act for act, form in FORMS.items() if form.files)
        return {act: partial(CaseActForm, rules, case, act, attaching) for act in attached}

    def _do(self, case: Case, act: CaseAct, words: ActWords) -> None:
        self._jobs.run(
            _LANES.get(act, Lane.STORE),
            partial(self._actions.do_act, case.case_id, act, words),
            owner=self,
            then=lambda after: self.done.emit(f"{after.label}{ACTS[act]}，{_told(act, after)}"),
            failed=partial(self._on_failed, case, act, words),
        )

    def _on_failed(self, case: Case, act: CaseAct, words: ActWords, error: ClerkError) -> None:
        """Ask for the PIN where the act needs it, and do the act again; else say what failed."""
        if isinstance(error, PinNeeded):
            what = f"{ACTS[act]}　{case.item_name}，{case.applicant_name}"
            self._pin.prove(what, partial(self._do, case, act, words))
        else:
            self.failed.emit(error)


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
        own_forms: Mapping[CaseAct, Callable[[], AnyForm]],
    ) -> None:
        super().__init__("其他处理", width=640, height=640)
        self._own_forms = own_forms
        self._rules, self._case, self._confirmed = rules, case, confirmed
        self._open = [one.act for one in offered if one.bar is None]
        self._barred = [(one.act, one.bar) for one in offered if one.bar is not None]
        self._act: CaseAct | None = None
        self._sure_of: ActWords | None = None
        self.form: AnyForm
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
        self.shut = Label(_why_not(self._barred), size=12, tone="t3", wrap=True)
        if self._barred:
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
            Act(name="选一项", key="1–9、A–Q", trigger=self.choice.setFocus, local=True),
        )

    @override
    def first_focus(self) -> QWidget:
        return self.choice if self._open else self.button

    def begin(self, act: CaseAct) -> None:
        """Choose an act as if by its digit, where it is open."""
        if act in self._open:
            self.choice.toggle(self._open.index(act))

    def go_on(self) -> None:
        """From the choice to what the act asks, and from there to doing it.

        What weighs on somebody is said once more first; other words are asked for again.
        """
        if self._act is None:
            self._on_chosen()
            return
        words = self.form.words()
        if isinstance(words, str):
            self.notice.show_trouble(words, "还没有改动", "补上再按 F9")
            return
        act = self._act
        sure = FORMS[act].sure if act in FORMS else ""
        if sure and self._sure_of != words:
            self._sure_of = words
            self.notice.set_kind("bad")
            self.notice.show_trouble(sure, "", "还没有改动，看清楚了再按一次 F9")
            self.button.setText(f"确认{ACTS[act]}")
            self.button.setFocus()
            return
        self.close_dialog()
        self._confirmed(act, words)

    def _on_chosen(self) -> None:
        chosen = self.choice.chosen()
        if not chosen:
            self.notice.show_trouble("还没选办哪一项", "", "按数字选")
            return
        self.notice.clear()
        self._act = self._open[chosen[0]]
        own = self._own_forms.get(self._act)
        self.form = own() if own else CaseActForm(self._rules, self._case, self._act)
        self.steps.addWidget(self.form)
        self.steps.setCurrentWidget(self.form)
        self.button.setText(ACTS[self._act])
        self.back_button.show()
        self.form.first().setFocus()

    def _back(self) -> None:
        self._act = self._sure_of = None
        self.notice.clear()
        self.notice.set_kind("warn")
        self.steps.removeWidget(self.form)
        self.form.deleteLater()
        self.steps.setCurrentIndex(0)
        self.button.setText("下一步")
        self.back_button.hide()
        for place in self.choice.chosen():
            self.choice.toggle(place)
        self.choice.setFocus()


_LANES: Mapping[CaseAct, Lane] = {CaseAct.CHECK_ONLINE: Lane.CERTIFICATES}
"""Acts that wait for a peer keep the store's lane free."""


def _told(act: CaseAct, after: Case) -> str:
    """Who hears of the act; where a peer was asked, what it said."""
    if act is CaseAct.CHECK_ONLINE:
        return online_words(after.checks.online[-1])
    if act is CaseAct.REPORT_FALSE_PROMISE:
        return "已登记，正在报给信用平台"
    return "已登记" if act in STAYS_HERE else "已登记并转告部门"


def _why_not(barred: Sequence[tuple[CaseAct, ActBar]]) -> str:
    """Every act that is not open, under the reason it shares with others."""
    by_reason: dict[ActBar, list[str]] = {}
    for act, bar in barred:
        by_reason.setdefault(bar, []).append(ACTS[act])
    said = (f"{BARS[bar]}：{'、'.join(names)}" for bar, names in by_reason.items())
    return "\n".join(("不能办的：", *said))


def _column() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(10))
    return made, column
