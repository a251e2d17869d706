"""What a paper quotes: named with its source, found on the page, and led to where it is changed."""

from dataclasses import replace

from PyQt6.QtCore import QPoint, Qt

from clerk.domain.case import CaseState
from clerk.domain.quoted import QuotePlace, quoted_earlier
from clerk.ui.documents import DocumentsPage
from clerk.ui.documents_quoted import QuotedPart
from tests.ui.examples import SmallCounter
from tests.ui.paper_office import QUOTES, accepted, office, page

__all__ = ["office", "page"]


def quoted(made: DocumentsPage, qtbot):
    """The list of what the paper in front quotes, once it is known."""
    table = made.panel.quoted.table
    model = table.model()
    assert model is not None
    qtbot.waitUntil(lambda: model.rowCount() == len(QUOTES))
    return table


def middle_of(made: DocumentsPage, line: int) -> QPoint:
    """The middle of the place where a value stands on the first page, in the viewport."""
    first = made.canvas.rect_of(0)
    across, down = (600 + 500 / 2) / 2100, (300 + 200 * line + 60 / 2) / 2970
    return first.topLeft() + QPoint(round(across * first.width()), round(down * first.height()))


def test_arrows_change_the_paper_and_its_quoted_values_follow(office, page, hands, qtbot):
    made = page()
    made.list.table.setFocus()

    hands.press(Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "收件凭证" in made.view.canvas.accessibleName())

    values = made.panel.quoted.table.model()
    qtbot.waitUntil(lambda: values.rowCount() == len(QUOTES))
    assert values.data(values.index(0, 1)) == "示例县清河面馆"


def test_a_value_that_is_clicked_on_the_page_is_named_with_its_source(office, page, hands, qtbot):
    made = page()
    table = quoted(made, qtbot)

    hands.click(made.canvas.viewport(), middle_of(made, 0))

    assert table.current_row() == 0
    told = made.panel.quoted.told
    assert told.isVisible()
    assert told.text().startswith("申请人：来自身份证。已受理，申请人不能再改")
    assert office.said[-1] == told.text()
    assert office.changing == [], "nothing is changed once it is accepted"


def test_arrows_go_from_value_to_value_and_say_what_each_is(office, page, hands, qtbot):
    made = page()
    table = quoted(made, qtbot)
    made.canvas.setFocus()

    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)

    assert table.current_row() == 1
    said = "办结期限：来自工作日历。按日历算的，不能填"
    assert made.panel.quoted.told.text() == said
    assert made.canvas.accessibleDescription() == said
    hands.press(Qt.Key.Key_Left)
    assert table.current_row() == 0


def test_while_the_case_may_be_changed_enter_leads_to_the_line_of_the_form(
    office, page, hands, qtbot
):
    office.case = replace(office.case, state=CaseState.CORRECTION_DUE, accepted_at=None)
    made = page()
    table = quoted(made, qtbot)
    table.setFocus()
    table.go_to(2)
    assert made.panel.quoted.told.text() == "经营场所：来自手填。Enter 到受理改申请表"

    hands.press(Qt.Key.Key_Return)
    made.canvas.setFocus()
    hands.press(Qt.Key.Key_Return)

    assert office.changing == [(QuotePlace.AT_FIELD, "premises")] * 2


def test_the_mouse_is_told_what_lies_under_it(office, page, qtbot):
    made = page()
    quoted(made, qtbot)
    port = made.canvas.viewport()

    qtbot.mouseMove(port, middle_of(made, 2))

    qtbot.waitUntil(lambda: port.cursor().shape() is Qt.CursorShape.PointingHandCursor)
    assert port.toolTip().startswith("经营场所：来自手填")


def test_what_an_older_paper_quotes_is_listed_and_leads_nowhere(qtbot):
    part = QuotedPart()
    qtbot.addWidget(part)
    located: list[str] = []
    wanted: list[object] = []
    part.located.connect(located.append)
    part.wanted.connect(wanted.append)
    values = quoted_earlier((("申请人", "张示例"), ("办结期限", "2026-03-25")))

    part.show_values(accepted(SmallCounter()), values, may_edit=True)
    part.table.go_to(1)

    model = part.table.model()
    assert model is not None
    assert [model.index(row, 1).data() for row in range(model.rowCount())] == [
        "张示例",
        "2026-03-25",
    ]
    assert part.told.text() == "办结期限：早先出的文书，来源没有记"
    assert part.words() == {}
    part.go_to("")
    part.open("")
    assert part.table.current_row() == 1
    assert (located, wanted) == ([], [])
