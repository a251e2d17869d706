"""What takes long is done in pieces, and nobody meets half of it."""

from PyQt6.QtCore import QObject

from clerk.ui.pieces import Pieces


def three(done: list[int]):
    for number in range(3):
        done.append(number)
        yield


def test_pieces_come_one_a_turn_in_their_order(qtbot, qapp):
    done: list[int] = []
    pieces = Pieces(qapp)

    pieces.begin(three(done), first_now=True)

    assert done == [0]
    qtbot.waitUntil(lambda: not pieces.busy())
    assert done == [0, 1, 2]


def test_whoever_needs_the_whole_gets_it_at_once(qapp):
    done: list[int] = []
    pieces = Pieces(qapp)
    pieces.begin(three(done))

    pieces.finish()

    assert done == [0, 1, 2]
    assert not pieces.busy()


def test_what_is_begun_anew_drops_the_rest_of_what_was_before(qapp):
    before: list[int] = []
    after: list[int] = []
    pieces = Pieces(qapp)
    pieces.begin(three(before), first_now=True)

    pieces.begin(three(after))
    pieces.finish()

    assert before == [0]
    assert after == [0, 1, 2]


def test_a_piece_that_asks_for_the_whole_goes_on_by_itself(qapp):
    pieces = Pieces(qapp)
    done: list[str] = []

    def asking():
        pieces.finish()
        done.append("first")
        yield
        done.append("second")

    pieces.begin(asking(), first_now=True)
    assert done == ["first"]

    pieces.finish()
    assert done == ["first", "second"]


def test_what_is_dropped_is_not_done():
    owner = QObject()
    done: list[int] = []
    pieces = Pieces(owner)
    pieces.begin(three(done), first_now=True)

    pieces.drop()
    pieces.finish()

    assert done == [0]
