"""审批 offers a batch where a mandate allows it, and names what is left out."""

from PyQt6.QtCore import Qt

from clerk.domain.batch import Batch, BatchBar
from clerk.ui.approval_batch import BatchDialog
from tests.ui.case_values import NOW, case_of, line

# 批量 ---------------------------------------------------------------------------------------------

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_batch_is_offered_only_where_a_mandate_allows_it(chief, hands):
    shown = chief()

    assert shown.page.batch_button.isHidden()
    hands.press(Qt.Key.Key_B, CTRL)

    assert "没有授权批量审批" in shown.said()


def test_a_batch_names_what_is_in_it_what_is_not_and_decides_the_chosen(chief, hands, qtbot):
    shown = chief()
    shown.batch = Batch(
        item_code=shown.standard.item_code,
        item_name=shown.standard.name,
        lines=tuple(shown.lines[:2]),
        left_out=((shown.lines[2], BatchBar.SAMPLED),),
        most=20,
        opinion=shown.standard.opinions[0],
        offered_at=NOW,
    )

    hands.press(Qt.Key.Key_B, CTRL)
    qtbot.waitUntil(lambda: shown.open_dialog(BatchDialog) is not None)
    dialog = shown.open_dialog(BatchDialog)
    assert "抽中了，要打开逐件审批 1 件" in dialog.left_out.text()
    hands.press(Qt.Key.Key_2)
    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: len(shown.batched) == 1)
    assert shown.batched == [([line(0).case_id], shown.standard.opinions[0])]
    qtbot.waitUntil(lambda: "批量同意 1 件，用了 12 秒" in shown.said())


def test_fifty_cases_are_one_list_ticked_by_keys(chief, hands, qtbot):
    shown = chief()
    lines = tuple(line(number) for number in range(50))
    shown.cases |= {one.case_id: case_of(one) for one in lines}
    shown.batch = Batch(
        item_code=shown.standard.item_code,
        item_name=shown.standard.name,
        lines=lines,
        left_out=(),
        most=50,
        opinion=shown.standard.opinions[0],
        offered_at=NOW,
        beyond=3,
    )
    hands.press(Qt.Key.Key_B, CTRL)
    qtbot.waitUntil(lambda: shown.open_dialog(BatchDialog) is not None)
    dialog = shown.open_dialog(BatchDialog)

    assert dialog.model.rowCount() == 50
    assert "一次最多批 50 件，其余 3 件下次" in dialog.left_out.text()
    hands.press(Qt.Key.Key_A, CTRL)
    assert dialog.model.chosen() == ()
    hands.press(Qt.Key.Key_End, CTRL)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_2)
    assert dialog.model.chosen() == (1, 49)
    assert dialog.button.text() == "同意这 2 件"
    hands.press(Qt.Key.Key_F9)

    qtbot.waitUntil(lambda: len(shown.batched) == 1)
    assert shown.batched[0][0] == [lines[1].case_id, lines[49].case_id]
