"""受理 in a window of its own with a small counter in memory, as far as a test wants it."""

from collections.abc import Iterator

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from clerk.domain.identifiers import IdKind
from clerk.domain.intake import with_body
from clerk.domain.party import Party, PartyKind, Source
from clerk.ui.acts import Acts
from clerk.ui.intake import IntakePage
from tests.ui.example_values import NOW, card

FOOD = "food_business_permit"


NO = Qt.KeyboardModifier.NoModifier


CTRL = Qt.KeyboardModifier.ControlModifier


SHIFT = Qt.KeyboardModifier.ShiftModifier


class Window(QWidget):
    """A window around one page, with its keys bound as the shell binds them."""

    def __init__(self, page: IntakePage) -> None:
        super().__init__()
        self.acts = Acts(self, elapsed_ms=lambda: 0)
        self.page = page
        self.refused: list[str] = []
        column = QVBoxLayout(self)
        for widget in (page.top_bar(), page, page.action_bar()):
            column.addWidget(widget)
        self.acts.put(page.title, page.acts())
        page.acts_changed.connect(lambda: self.acts.put(page.title, page.acts()))
        self.acts.activate(page.title)
        self.acts.refused.connect(self.refused.append)
        self.resize(1366, 860)


def in_front(page):
    """The case on the screen."""
    assert page.desk.current is not None
    return page.desk.current.case


def trader() -> Party:
    return Party(
        kind=PartyKind.SOLE_TRADER,
        name="示例县清河面馆（个体工商户）",
        id_kind=IdKind.UNIFIED_CODE,
        id_number="92990123MA00TE5T2G",
        source=Source.TYPED,
        identified_at=NOW,
    )


def opened_for(page, counter, qtbot, item=FOOD):
    """A case of a trader who placed his card, nothing answered yet."""
    counter.card = card()
    qtbot.waitUntil(lambda: page.desk.waiting is not None)
    page.open_item(item)
    page.desk.edit(lambda case: with_body(case, trader()))
    return page.desk.current


def answered(page, counter, qtbot):
    opened = opened_for(page, counter, qtbot)
    for question, option in (("business", "catering"), ("dishes", "hot"), ("online", "no")):
        page.body.questions.picked.emit(question, option)
    return opened


def complete(page, counter, qtbot):
    """Everything given: F9 may accept."""
    opened = answered(page, counter, qtbot)
    page.materials.act("3", "LICENCE")
    delivery = next(line for line in opened.standard.fields if line.code == "delivery")
    for code, text in (
        ("phone", "13800000147"),
        ("warehouse", "无"),
        ("area", "46"),
        ("staff", "3"),
        ("opening_on", "2026-04-01"),
        ("safety_officer", "张示例"),
        ("delivery", delivery.options[0].label),
    ):
        page.body.form.committed.emit(code, text)
    for code in ("LAYOUT", "RULES"):
        page.materials.act("1", code)
        qtbot.waitUntil(lambda code=code: code in opened.case.evidence)
        page.materials.act("Enter", code)
    page.materials.act("8", "PREMISES")
    qtbot.waitUntil(lambda: "APPLICATION" in opened.case.evidence)
    return opened


def shown_in_window(counter, jobs, on_screen, qtbot) -> Iterator[Window]:
    """受理 on the screen with the cursor where it begins; at the end nothing is being saved."""
    made = IntakePage(jobs, counter.actions(), counter.frame(), idle_ms=5, most_ms=20, poll_ms=5)
    shown = on_screen(Window(made))
    made.entered()
    first = made.first_focus()
    assert first is not None
    first.setFocus()
    yield shown
    shown.hide()  # nothing is begun any more; what was typed last is still being saved
    made.desk.drafts.save_now()
    qtbot.waitUntil(lambda: not any(jobs.pending().values()))
