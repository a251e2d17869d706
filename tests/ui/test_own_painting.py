"""What is painted without a style sheet: boxes of editors, lists of answers, bars, headings."""

import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QColor, QStandardItemModel, QWheelEvent
from PyQt6.QtWidgets import QApplication, QComboBox, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from clerk.ui import theme
from clerk.ui.bar_style import BarStyle, bar_style
from clerk.ui.intake_fields import ChoiceField
from clerk.ui.tables import Table
from clerk.ui.widgets import Field
from clerk.ui.widgets.combo import Combo


@pytest.fixture
def form(on_screen):
    """A window with a line, a choice, a list that scrolls and a table."""
    window = QWidget()
    window.resize(500, 600)
    column = QVBoxLayout(window)
    line, choice = Field("经营面积"), ChoiceField()
    choice.ask_for("类别", ("甲类", "乙类"))
    area, inside = QScrollArea(), QWidget()
    inside.setFixedSize(100, 2000)
    area.setWidget(inside)
    model = QStandardItemModel(1, 2)
    model.setHorizontalHeaderLabels(["文号", "经办人"])
    for widget in (line, choice, area, Table(model, widths=(120, None), name="文号")):
        column.addWidget(widget)
    on_screen(window)
    QApplication.processEvents()
    return window


def _one(form, kind):
    return form.findChildren(kind)[0]


def _edge(widget) -> str:
    """The colour in the middle of the left edge."""
    return QColor(widget.grab().toImage().pixel(0, widget.height() // 2)).name().upper()


def test_a_form_with_bars_and_a_table_spends_no_style_sheet(form):
    assert [widget for widget in form.findChildren(QWidget) if widget.styleSheet()] == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_list_of_a_choice_is_dressed_when_it_is_first_opened(form):
    choice = _one(form, QComboBox)
    assert not choice.view().styleSheet()

    choice.showPopup()

    assert choice.view().isVisible()
    assert theme.spelled("line2") in choice.view().styleSheet()
    choice.hidePopup()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_open_list_of_a_choice_follows_the_theme(form, qapp):
    choice = _one(form, QComboBox)
    choice.showPopup()

    theme.apply(qapp, theme.Scheme.DARK)

    assert theme.is_dark()
    assert theme.spelled("surface") in choice.view().styleSheet()
    choice.hidePopup()


def test_a_turn_of_the_wheel_over_a_list_of_answers_changes_none(form):
    choice = Combo()
    choice.addItems(["甲类", "乙类"])
    form.layout().addWidget(choice)
    middle = QPointF(choice.rect().center())
    turn = QWheelEvent(
        middle,
        choice.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(choice, turn)

    assert choice.currentText() == "甲类"
    assert not turn.isAccepted(), "it scrolls what the list lies in"


def test_the_style_of_the_bars_goes_no_earlier_than_every_bar(form, qapp):
    bar = _one(form, QScrollArea).verticalScrollBar()
    assert isinstance(bar.style(), BarStyle)
    assert bar_style().parent() is qapp


@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_the_edge_of_a_line_tells_its_state_in_both_themes(form, qapp, scheme):
    theme.apply(qapp, scheme)
    field = _one(form, Field)
    field.editor.clearFocus()
    assert _edge(field.editor) == theme.spelled("control").upper()

    field.set_error("要写数字")
    assert _edge(field.editor) == theme.spelled("bad").upper()
    field.set_error("")

    field.editor.setFocus()
    assert _edge(field.editor) == theme.spelled("focus").upper()

    field.editor.setEnabled(False)
    assert _edge(field.editor) == theme.spelled("line").upper()


def test_what_is_known_has_a_box_only_while_it_has_the_focus(form):
    field = _one(form, Field)
    field.set_value("86")
    field.set_known(True)
    _one(form, QComboBox).setFocus()
    assert _edge(field.editor) != theme.spelled("focus").upper()
    text_at = field.editor.textMargins().left()

    field.focus_editor()

    assert _edge(field.editor) == theme.spelled("focus").upper()
    assert field.editor.textMargins().left() > text_at


def test_a_larger_size_reaches_lines_choices_and_bars_already_shown(form, qapp):
    line, choice = _one(form, Field).editor, _one(form, QComboBox)
    bar = _one(form, QScrollArea).verticalScrollBar()
    small = line.height(), choice.sizeHint().height(), bar.sizeHint().width()

    theme.apply(qapp, theme.Scheme.LIGHT, theme.Scale.EXTRA)
    QApplication.processEvents()

    assert small == (34, 34, 10)
    assert (line.height(), choice.sizeHint().height(), bar.sizeHint().width()) == (43, 43, 13)


def test_the_handle_of_a_bar_follows_the_mouse_and_a_click_beside_it_turns_a_page(form, qtbot):
    bar: QScrollBar = _one(form, QScrollArea).verticalScrollBar()
    left, high = Qt.MouseButton.LeftButton, bar.height()

    qtbot.mouseClick(bar, left, pos=QPoint(4, high - 3))
    assert bar.value() == bar.pageStep()

    bar.setValue(0)
    qtbot.mousePress(bar, left, pos=QPoint(4, 5))
    qtbot.mouseMove(bar, QPoint(4, high))
    qtbot.mouseRelease(bar, left, pos=QPoint(4, high))
    assert bar.value() == bar.maximum()


def test_a_column_without_a_name_is_headed_by_its_number(qtbot):
    table = Table(QStandardItemModel(2, 2), widths=(120, None), name="文号")
    qtbot.addWidget(table)

    with qtbot.captureExceptions() as broken:
        table.grab()

    assert broken == []
