"""What each act on a case asks a person to write down: data, and the one form that shows it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from clerk.domain.case import Case
from clerk.domain.case_acts import ActWords, CaseAct
from clerk.domain.chain import step_of, steps_before
from clerk.domain.chain_acting import AGREED, DISAGREED
from clerk.domain.course import CaseRules
from clerk.domain.deferral import open_deferrals
from clerk.domain.life import BY_APPLICANT, BY_HANDLER
from clerk.domain.special import procedures_of
from clerk.ui import certificate_act_forms, check_act_forms, result_act_forms, theme
from clerk.ui.act_form_parts import ActForm, Box, Kind
from clerk.ui.approval_dialogs import TickList
from clerk.ui.attach_files import AttachFiles, Attaching
from clerk.ui.widgets import Field, Label
from clerk.wording import short_day
from clerk.wording_approval import SAMPLE_RESULTS, STATEMENT_ANSWERS
from clerk.wording_course import ACTS


def _deferred(rules: CaseRules, case: Case) -> Sequence[tuple[str, str]]:
    still = open_deferrals(rules, case)
    return [
        (code, f"{rules.standard.requirement(code).name}，{short_day(still[code])}前补")
        for code in sorted(still)
    ]


def _procedures(rules: CaseRules, _: Case) -> Sequence[tuple[str, str]]:
    return [(one.name, one.name) for one in procedures_of(rules)]


def _agreeing(rules: CaseRules, case: Case) -> Sequence[tuple[str, str]]:
    step = step_of(rules, case)
    name = step.name if step else ""
    return [(AGREED, f"{name}同意"), (DISAGREED, f"{name}不同意")]


def _steps_before(rules: CaseRules, case: Case) -> Sequence[tuple[str, str]]:
    return [(one.code, f"{one.name}，{one.by}") for one in steps_before(rules, case)]


def _who_withdraws(_: CaseRules, case: Case) -> Sequence[tuple[str, str]]:
    himself = (BY_APPLICANT, "申请人本人书面撤回")
    if case.handler is None:
        return [himself]
    return [himself, (BY_HANDLER, f"{case.handler.party.name}代为撤回，要有这项委托")]


FORMS: Mapping[CaseAct, ActForm] = MappingProxyType(
    {
        CaseAct.NOTIFY_AGAIN: ActForm(
            says="只告知第一次漏掉的，补正期限从今天重新算，出告知书。写明怎么漏的",
            boxes=(Box(into="reason", label="第一次没告知全的原因"),),
        ),
        CaseAct.EXCUSE: ActForm(
            says="不可抗力等不怪申请人的事才延期，不能晚于法定时限",
            boxes=(
                Box(into="until_on", label="新的期限，如 2026-03-30", kind=Kind.DAY),
                Box(into="reason", label="耽误的原因"),
            ),
            listed=_deferred,
            list_into="material",
            list_name="哪一份材料",
        ),
        CaseAct.FAIL_DEFERRAL: ActForm(
            says="办件到此终止。不会因此记失信，要记由人另行决定",
            boxes=(Box(into="reason", label="终止的理由"),),
        ),
        CaseAct.LAPSE: ActForm(
            says="补正期限已过，办件到此终止，已收的材料退还，可以重新申请",
        ),
        CaseAct.WITHDRAW: ActForm(
            says="申请人书面撤回后办件终止，已收的材料退还",
            boxes=(Box(into="reason", label="撤回的原因，撤回申请收到没有"),),
            listed=_who_withdraws,
            list_name="谁来撤回",
        ),
        CaseAct.START_PROCEDURE: ActForm(
            says="启动后承诺和法定时限停住，结束后顺延，出告知书。现场核查不停计时",
            listed=_procedures,
            list_into="procedure",
            list_name="哪一项程序",
        ),
        CaseAct.END_PROCEDURE: ActForm(
            says="时限从结束次日接着算，顺延占用的工作日",
            boxes=(Box(into="reason", label="特别程序的结果"),),
        ),
        CaseAct.EXTEND: ActForm(
            says="本机关负责人在期满以前批准，只能一次。出告知书，理由书面告知申请人",
            boxes=(
                Box(into="workdays", label="延长几个工作日", kind=Kind.WHOLE),
                Box(into="approved_by", label="批准的本机关负责人"),
                Box(into="reason", label="延长的理由"),
            ),
        ),
        CaseAct.VOID: ActForm(
            says="开错的件才作废，编号不再使用，经过留着",
            boxes=(Box(into="reason", label="作废的理由"),),
        ),
        CaseAct.GIVE_OPINION: ActForm(
            says="本级意见写进经过，转下一级。不同意也只是意见，由决定的机关决定",
            boxes=(Box(into="note", label="意见，公示的写有没有异议"),),
            listed=_agreeing,
            list_name="同意还是不同意",
        ),
        CaseAct.SEND_DOWN: ActForm(
            says="退给前面的环节补充，那一级的时限重新算，承诺和法定时限不停",
            boxes=(Box(into="reason", label="要补充什么"),),
            listed=_steps_before,
            list_name="退给哪一级",
        ),
        CaseAct.URGE: ActForm(
            says="督办写明在谁手里、哪个时限到哪天，要求哪天前回复。只催，不改状态和时限",
            boxes=(
                Box(into="note", label="督办什么"),
                Box(into="until_on", label="哪天前回复，如 2026-03-30", kind=Kind.DAY),
            ),
        ),
        CaseAct.ANSWER_URGING: ActForm(
            says="写清查到什么、怎么处理、哪天办好",
            boxes=(Box(into="note", label="回复"),),
        ),
        CaseAct.CONCLUDE: ActForm(says="材料齐全，不用审批，出办理结果，等领取"),
        CaseAct.PASS_ON: ActForm(
            says="本级意见给完，报上级机关决定，本级办结",
            boxes=(
                Box(into="note", label="报给哪个机关"),
                Box(into="reason", label="说明", needed=False),
            ),
        ),
        CaseAct.OFFER_STATEMENT: ActForm(
            says="不予许可以前，书面告知申请人拟不予许可的理由和可以陈述申辩到哪天，计时不停",
            boxes=(Box(into="reason", label="拟不予许可的理由"),),
        ),
        CaseAct.TAKE_STATEMENT: ActForm(
            says="申请人口头说的也要记下来，请他核对签字。放弃的写明怎样放弃的",
            boxes=(Box(into="note", label="记录"),),
            listed=lambda _, __: tuple(STATEMENT_ANSWERS.items()),
            list_name="陈述了还是放弃",
        ),
        CaseAct.CORRECT_DECISION: ActForm(
            says="更正写错的地方，不改变准予或不予。出新的一份，旧的标作废，重新送达",
            boxes=(
                Box(into="note", label="更正后的全文"),
                Box(into="reason", label="更正的原因，哪里写错了"),
            ),
        ),
        CaseAct.CHECK_SAMPLE: ActForm(
            says="收件和决定是同一人的即办件抽中了，由另一人核对材料和结论。决定本身不变",
            boxes=(Box(into="note", label="看到什么，没有问题可以不写", needed=False),),
            listed=lambda _, __: tuple(SAMPLE_RESULTS.items()),
            list_name="抽查结论",
        ),
        CaseAct.PLACE_ORIGINALS: ActForm(
            says="每份原件都要说清在哪里。留存和转部门的写哪天退还，到时提醒。转部门的装袋，出材料流转单",
            boxes=(
                Box(into="until_on", label="哪天退还，如 2026-03-30", kind=Kind.DAY, needed=False),
                Box(into="number", label="袋号，转部门才写", needed=False),
                Box(into="note", label="备注", needed=False),
            ),
            listed=result_act_forms.originals_there,
            list_into="material",
            list_name="哪一份原件",
            also=result_act_forms.places,
            also_name="在哪里",
        ),
        CaseAct.RETURN_ORIGINALS: ActForm(
            says="请签收人在退还清单上签字，再登记",
            boxes=(Box(into="people", label="签收人", kind=Kind.NAMES),),
            listed=result_act_forms.originals_there,
            list_into="material",
            list_name="退哪一份",
        ),
        CaseAct.CHANGE_WAY: ActForm(
            says="寄递要写收件人、电话和地址，代领要写代领人。领取时照样核对",
            boxes=(
                Box(into="people", label="收件人或代领人", kind=Kind.NAMES, needed=False),
                Box(into="number", label="电话", needed=False),
                Box(into="note", label="寄递地址和邮编", needed=False),
                Box(into="reason", label="谁要求改的"),
            ),
            listed=result_act_forms.ways,
            list_name="怎样领取",
        ),
        CaseAct.SEND_RESULT: ActForm(
            says="按约定的地址交快递。签收后自动登记送达，运单就是凭证；退回的放回窗口再提醒",
        ),
        CaseAct.REMIND_RESULT: ActForm(
            says="只登记已经提醒过的。结果一直留着，不会自己作废",
            boxes=(
                Box(into="people", label="提醒了谁", kind=Kind.NAMES),
                Box(into="note", label="凭据，如几点打的电话、短信回执号"),
            ),
            listed=result_act_forms.reminder_ways,
            list_name="怎样提醒",
        ),
        CaseAct.REMIND_DEFERRAL: ActForm(
            says="只登记已经提醒过的，几份没补的一次都算。到期没补不会自己终止，也不会记失信",
            boxes=(Box(into="note", label="凭据，如几点打的电话谁接的、短信回执号"),),
            listed=result_act_forms.reminder_ways,
            list_name="怎样提醒",
        ),
        CaseAct.LOOK_AT_CREDIT: ActForm(
            says="受理以后才查到的失信记录，由人看过再定。系统不因此停办，也不记任何人的账",
            boxes=(Box(into="note", label="看到什么，怎么处理"),),
        ),
        CaseAct.RECORD_VISIT: ActForm(
            says="上门回来后登记，没办成的也写。还要再去的，再登记一次服务需求",
            boxes=(Box(into="note", label="上门办了什么"),),
        ),
        CaseAct.SETTLE_FEE: ActForm(
            says="金额按标准算好。钱缴到财政专户，窗口不收钱，只登记票据号。清单以外的费不能收",
            boxes=(
                Box(into="number", label="财政票据号或退费凭证号", needed=False),
                Box(into="note", label="免缴凭什么证明，如低保证编号", needed=False),
            ),
            listed=result_act_forms.fee_steps,
            list_name="哪一项",
        ),
        **check_act_forms.FORMS,
        **certificate_act_forms.FORMS,
        **result_act_forms.FORMS,
    }
)
"""One line an act; what may be written where is looked at again by the act itself."""


class CaseActForm(QWidget):
    """What one act asks: only the boxes that it needs, in reading order."""

    def __init__(
        self,
        rules: CaseRules,
        case: Case,
        act: CaseAct,
        attaching: Attaching | None = None,
        today: date | None = None,
    ) -> None:
        super().__init__()
        self._form = FORMS[act]
        column = self._scrolled()
        column.addWidget(Label(ACTS[act], size=16, bold=True))
        column.addWidget(Label(self._form.says, size=13, tone="t2", wrap=True))
        listed = self._form.listed(rules, case) if self._form.listed else ()
        if self._form.listed_on is not None and today is not None:
            listed = self._form.listed_on(rules, case, today)
        self._codes = [code for code, _ in listed]
        self._which: TickList | None = None
        if self._form.listed is not None or self._form.listed_on is not None:
            texts = [text for _, text in listed]
            self._which = TickList(texts, many=False, name=self._form.list_name)
            if len(texts) == 1:
                self._which.toggle(0)
            column.addWidget(self._which)
        self._also: TickList | None = None
        if self._form.also is not None:
            offered = self._form.also(rules, case)
            self._also_codes = [code for code, _ in offered]
            self._also = TickList(
                [text for _, text in offered], many=False, name=self._form.also_name
            )
            column.addWidget(self._also)
        self.points: TickList | None = None
        if self._form.points is not None:
            looked_at = self._form.points(rules, case)
            self._point_codes = [code for code, _ in looked_at]
            self.points = TickList(
                [text for _, text in looked_at], many=True, name=self._form.points_name
            )
            column.addWidget(Label(self._form.points_name, size=13, tone="t2"))
            column.addWidget(self.points)
        self._boxes = {box.into: Field(box.label) for box in self._form.boxes}
        for field in self._boxes.values():
            column.addWidget(field)
        self.attach: AttachFiles | None = None
        if self._form.files and attaching is not None:
            self.attach = AttachFiles(self._form.files, attaching)
            column.addWidget(self.attach)
        column.addStretch(1)

    def _scrolled(self) -> QVBoxLayout:
        """Return the column of what is asked; it scrolls along with the keys where it is long."""
        inside = QWidget()
        inside.setProperty("scrolled", True)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.setSpacing(theme.px(8))
        return column

    def box(self, name: str) -> Field:
        """The box that fills this field of ``ActWords``; which there are depends on the act."""
        return self._boxes[name]

    def first(self) -> QWidget:
        """Where the keys go first: the list that is still open, else the first box."""
        for one in (self._which, self._also):
            if one is not None and not one.chosen():
                return one
        fields = list(self._boxes.values())
        return fields[0].editor if fields else self

    def words(self) -> ActWords | str:
        """Return what was written down, or what is still missing or unreadable, as a sentence."""
        lists = (
            (self._which, self._form.list_name, self._form.list_into),
            (self._also, self._form.also_name, "choice"),
        )
        said: dict[str, Any] = {}
        for which, name, into in lists:
            if which is None:
                continue
            chosen = which.chosen()
            if not chosen:
                which.setFocus()
                return f"还没选{name}"
            codes = self._codes if which is self._which else self._also_codes
            said[into] = codes[chosen[0]]
        if self.points is not None:
            said["seen"] = tuple(self._point_codes[place] for place in self.points.chosen())
        if self.attach is not None:
            said["files"] = self.attach.files()
        return self._written(said)

    def _written(self, said: dict[str, Any]) -> ActWords | str:
        """Add what stands in the boxes, or say which one is empty or unreadable."""
        for box in self._form.boxes:
            text = self._boxes[box.into].value().strip()
            read = _READERS[box.kind](text) if text else None
            if text and read is None:
                self._boxes[box.into].editor.setFocus()
                return f"{box.label}，{_HOW[box.kind]}"
            if not text and box.needed:
                self._boxes[box.into].editor.setFocus()
                return f"还没填{box.label}"
            if text:
                said[box.into] = read
        return ActWords(**said)


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _fen(text: str) -> int | None:
    try:
        fen = Decimal(text) * 100
    except InvalidOperation:
        return None
    return int(fen) if fen.is_finite() and fen >= 0 and fen == fen.to_integral_value() else None


def _names(text: str) -> tuple[str, ...] | None:
    for mark in "，,；;　 ":
        text = text.replace(mark, "、")
    return tuple(name for name in text.split("、") if name) or None


_READERS: Mapping[Kind, Callable[[str], object]] = {
    Kind.TEXT: str,
    Kind.WHOLE: _whole,
    Kind.DAY: _day,
    Kind.MONEY: _fen,
    Kind.NAMES: _names,
}
_HOW: Mapping[Kind, str] = {
    Kind.WHOLE: "要写成数字",
    Kind.DAY: "要写成 2026-03-30 这样",
    Kind.MONEY: "要写成 12.50 这样，单位元",
    Kind.NAMES: "姓名之间用顿号隔开",
}
