"""What takes long is done in pieces, and nobody meets half of it."""

from time import perf_counter

from PyQt6.QtCore import QObject, QTimer

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


def test_after_a_long_turn_others_come_before_the_next_piece(qtbot, qapp):
    done: list[str] = []
    pieces = Pieces(qapp)
    other = QTimer(qapp)
    other.setSingleShot(True)
    other.timeout.connect(lambda: done.append("other"))

    def painting():
        done.append("first")
        other.start(0)
        end = perf_counter() + 0.01
        while perf_counter() < end:
            pass
        yield
        done.append("second")

    pieces.begin(painting())

    qtbot.waitUntil(lambda: not pieces.busy())
    assert done == ["first", "other", "second"]


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
