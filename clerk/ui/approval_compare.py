"""The form beside what a material says (对照): compared by the machine, shown for the eye."""

from collections.abc import Iterator, Sequence

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from clerk.domain.case import Case
from clerk.domain.material import Evidence, Origin
from clerk.domain.shared_asking import shared_name
from clerk.domain.shared_data import SharedAnswer
from clerk.domain.standard import ItemStandard
from clerk.ui import icons, theme
from clerk.ui.overriding import override
from clerk.values import dataclass
from clerk.wording import CERTIFICATE_STATUSES, ORIGINS, SOURCES, day
from clerk.wording_certificates import whose_and_sealed
from clerk.wording_proof import proof_of
from clerk.wording_shared import answer_words

MOST_ROWS = 5
_PROOF = "凭什么"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One value of the form and the same thing as the material says it.

    What is ``told`` only is for the eye: there is nothing on the form to hold against it.
    """

    name: str
    form: str
    material: str
    told: bool = False

    @property
    def same(self) -> bool:
        """Whether both say the same, blanks aside."""
        return "".join(self.form.split()) == "".join(self.material.split())


def comparisons(standard: ItemStandard, case: Case, code: str) -> tuple[Comparison, ...]:
    """What this material lets us compare with the form; what differs comes first.

    Then what proves the material, how and until when. A certificate is compared field by field
    with what it fills, shared data with the lines it fills; whose a certificate is and what its
    seal showed comes next. Beside the application stand the values that were typed over sourced ones.
    """
    found = tuple(_compared(standard, case, code))
    return tuple(sorted(found, key=_place))


def _place(one: Comparison) -> tuple[int, bool]:
    if one.told:
        return (1 if one.name == _PROOF else 2), False
    return (2 if one.same else 0), one.same


def _compared(standard: ItemStandard, case: Case, code: str) -> Iterator[Comparison]:
    asked, held = standard.requirement(code), case.evidence.get(code)
    labels = {line.code: line for line in standard.fields}
    if asked.certificate is not None and held is not None and held.certificate is not None:
        for field, certificate_field in asked.certificate.fills.items():
            value = case.values.get(field)
            says = held.certificate.fields.get(certificate_field, "")
            if value is not None and says and field in labels:
                yield Comparison(name=labels[field].label, form=value.value, material=says)
        use = held.certificate
        yield Comparison(
            name="持证人" if use.relation else "签章",
            form=case.applicant_name if use.relation else "",
            material=whose_and_sealed(use),
            told=True,
        )
    if held is not None:
        proof = proof_of(asked, held, case).line
        yield Comparison(name=_PROOF, form="", material=proof, told=True)
    if held is not None and held.shared is not None:
        yield from _beside_source(standard, case, held.shared)
    if asked.generated_from_form:
        for field, value in case.values.items():
            if value.replaced and field in labels:
                source = f"（{SOURCES[value.replaced_source]}）" if value.replaced_source else ""
                yield Comparison(
                    name=labels[field].label,
                    form=f"{value.value}（{SOURCES[value.source]}）",
                    material=f"{value.replaced}{source}",
                )


def _beside_source(
    standard: ItemStandard, case: Case, answer: SharedAnswer
) -> Iterator[Comparison]:
    """Lay the form beside what a source of shared data said, line by line."""
    for line in standard.fields:
        for path in line.prefill:
            named, value = shared_name(path, answer.source), case.values.get(line.code)
            if named in answer.values and value is not None:
                says = answer.values[named]
                yield Comparison(name=line.label, form=value.value, material=says)


def instead_of_pages(held: Evidence) -> str:
    """What is said of a material that has no page to show."""
    if held.certificate is not None:
        use = held.certificate
        until = f"有效期至 {day(use.valid_until_on)}" if use.valid_until_on else "长期有效"
        status = CERTIFICATE_STATUSES[use.status]
        said = f"{use.type_name} {use.number}\n{use.issuer_name}，{status}，{until}"
        return f"{said}\n{whose_and_sealed(use)}"
    if held.shared is not None:
        said, as_of, record = answer_words(held.shared)
        return f"{said}\n{as_of}{record.removesuffix('，已带入')}"
    if held.origin is Origin.HANDED_IN:
        return f"收的是纸质件：原件 {held.originals} 份，复印件 {held.copies} 份\n看纸质件再标看过"
    if held.due_on is not None:
        return f"容缺后补，{day(held.due_on)}前交"
    return f"{ORIGINS[held.origin]}，没有可看的页"


class CompareTable(QWidget):
    """At most five comparisons, painted; hidden where there is nothing to compare."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Comparison, ...] = ()
        self._more = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_comparisons(self, rows: Sequence[Comparison]) -> None:
        """Show these, what differs first."""
        self._rows, self._more = tuple(rows[:MOST_ROWS]), max(0, len(rows) - MOST_ROWS)
        lines = len(self._rows) + bool(self._more)
        self.setFixedHeight(theme.px(40 + 28 * lines))
        self.setAccessibleName("对照：" + "。".join(_spoken(row) for row in self._rows))
        self.setVisible(bool(rows))
        self.update()

    def rows(self) -> tuple[Comparison, ...]:
        """The comparisons on show."""
        return self._rows

    @override
    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        self._write(painter, 8, 12, ("对照项", "申请表", "本材料", "结果"), "t3")
        for number, row in enumerate(self._rows):
            top = 32 + 28 * number
            if row.told and not row.form:
                self._write_across(painter, top, row)
            else:
                self._write(painter, top, 13, (row.name, row.form, row.material, ""), "t1")
            self._paint_result(painter, top, row)
        if self._more:
            top = 32 + 28 * len(self._rows)
            self._write(painter, top, 12, (f"还有 {self._more} 项", "", "", ""), "t3")

    def _columns(self) -> tuple[int, int, int, int, int]:
        side, name, result = theme.px(22), theme.px(108), theme.px(92)
        middle = max(1, (self.width() - 2 * side - name - result) // 2)
        first = side + name
        return side, first, first + middle, first + 2 * middle, self.width()

    def _write(
        self, painter: QPainter, top: int, size: int, texts: Sequence[str], tone: str
    ) -> None:
        painter.setFont(theme.font(size))
        painter.setPen(theme.color(tone))
        lefts = self._columns()
        for place, text in enumerate(texts):
            room = lefts[place + 1] - lefts[place] - theme.px(10)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            box = QRectF(lefts[place], theme.px(top), room, theme.px(24))
            painter.drawText(box, _LEFT, shown)

    def _write_across(self, painter: QPainter, top: int, row: Comparison) -> None:
        """Write what has nothing on the form beside it over all columns but the first."""
        self._write(painter, top, 13, (row.name,), "t1")
        left = self._columns()[1]
        room = self.width() - left - theme.px(22)
        words = painter.fontMetrics().elidedText(row.material, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, theme.px(top), room, theme.px(24)), _LEFT, words)

    def _paint_result(self, painter: QPainter, top: int, row: Comparison) -> None:
        if row.told:
            return
        left = self._columns()[3]
        icon, tone, word = ("equal", "ok", "一致") if row.same else ("circle-alert", "bad", "不同")
        icons.draw(painter, icon, QPointF(left, theme.px(top + 5)), 14, tone, stroke="2.25")
        painter.setFont(theme.font(13, bold=not row.same))
        painter.setPen(theme.color("t1" if row.same else "bad"))
        box = QRectF(left + theme.px(20), theme.px(top), theme.px(60), theme.px(24))
        painter.drawText(box, _LEFT, word)


def _spoken(row: Comparison) -> str:
    if row.told:
        return f"{row.name}，{row.material}"
    result = "一致" if row.same else "不同"
    return f"{row.name}，申请表 {row.form}，本材料 {row.material}，{result}"
