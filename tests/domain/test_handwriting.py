"""A signature is strokes of a hand over a page that was shown; anything else is refused."""

import json
import re
from dataclasses import replace
from datetime import datetime

import pytest

from clerk.domain.handwriting import (
    LARGEST_BYTES,
    MOST_MS,
    MOST_POINTS,
    MOST_STROKES,
    HandwritingRefused,
    PageChanged,
    Point,
    from_plain,
    plain,
    require_same_page,
    svg,
)
from tests.domain.written import PAGE, stroke, written

HAN = re.compile("[\u4e00-\u9fff]")


def point(**changes):
    return replace(Point(x=100, y=100, ms=0, pressure=500), **changes)


def test_what_was_written_is_read_back_as_it_was():
    assert from_plain(plain(written())) == written()


@pytest.mark.parametrize(
    "changes",
    [
        {"strokes": ()},
        {"strokes": ((),)},
        {"strokes": ((point(),),)},
        {"strokes": tuple((point(ms=count),) for count in range(MOST_STROKES + 1))},
        {"strokes": (tuple(point() for _ in range(MOST_POINTS + 1)),)},
        {"strokes": ((point(), point(x=float("nan"), ms=5)),)},
        {"strokes": ((point(), point(y=float("inf"), ms=5)),)},
        {"strokes": ((point(), point(x=2.5, ms=5)),)},
        {"strokes": ((point(), point(x=True, ms=5)),)},
        {"strokes": ((point(), point(x=-1, ms=5)),)},
        {"strokes": ((point(), point(x=12_001, ms=5)),)},
        {"strokes": ((point(), point(x=9_000, pressure=1_001)),)},
        {"strokes": ((point(ms=9), point(x=9_000, ms=8)),)},
        {"strokes": ((point(), point(x=9_000, ms=MOST_MS + 1)),)},
        {"width": 0},
        {"height": 10**9},
        {"width": float("nan")},
        {"page_sha256": "5E" * 32},
        {"page_sha256": ""},
        {"signed_at": datetime(2026, 3, 18, 9, 30)},  # noqa: DTZ001  without a zone, on purpose
        {"signer": " "},
        {"signer": "长" * 201},
    ],
    ids=repr,
)
def test_what_no_hand_wrote_is_refused_in_one_sentence(changes):
    with pytest.raises(HandwritingRefused) as refused:
        written(**changes)

    assert HAN.search(str(refused.value))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
        b"[]",
        b"{}",
        plain(written())[:-9],
        plain(written()).replace(b"[1000,", b"[NaN,", 1),
        plain(written()).replace(b"[1000,", b"[1e999,", 1),
        plain(written()).replace(b"[1000,", b"[", 1),
        b"[" * 100_000,
        b'{"strokes":[' + b"9" * LARGEST_BYTES + b"]}",
        json.dumps({"strokes": 7}).encode(),
    ],
    ids=lambda content: repr(content[:24]),
)
def test_a_stored_form_that_is_something_else_is_refused(content):
    with pytest.raises(HandwritingRefused):
        from_plain(content)


def test_ten_million_points_are_refused_without_being_looked_at():
    """One stroke shared ten thousand times: only its points are counted."""
    endless = (tuple(stroke(points=1000)) * 10_000,)

    with pytest.raises(HandwritingRefused):
        written(strokes=endless)


def test_a_signature_stands_below_the_page_it_was_written_under_and_no_other():
    require_same_page(written(), PAGE)

    with pytest.raises(PageChanged):
        require_same_page(written(), "6f" * 32)


def test_it_is_drawn_as_lines_cut_to_what_was_written():
    drawn = svg(written())

    left, top, width, height = map(int, drawn.split('viewBox="')[1].split('"')[0].split())
    assert (left, top) == (0, 0)
    assert 0 < height < width
    assert f'width="{(4 * 1400 + 29 * 40 + 220) / 100:.2f}mm"' in drawn
    assert drawn.count("<path") > 5, "a firm line is thicker than a light one"
    assert not set(re.sub(r"<[^>]+>", "", drawn)), "no text, only shapes"
    assert set(re.findall(r"<(\w+)", drawn)) == {"svg", "g", "path"}


def test_a_dot_of_a_name_is_drawn_too():
    dotted = written(strokes=(stroke(), (point(x=5000, ms=900),)))

    assert re.search(r'd="M\d+ \d+h0"', svg(dotted))


def test_a_signature_weighs_little_however_many_points_the_pad_told():
    """A pad tells where the pen is a hundred times a second, also where it hardly moves."""
    slow = written(
        strokes=(stroke(points=70), tuple(point(x=5000, ms=ms) for ms in range(900, 2900)))
    )

    assert len(svg(slow)) < len(svg(written()))


def test_the_name_of_who_signs_never_gets_into_the_drawing():
    named = written(signer='"><script>alert(1)</script>')

    assert "script" not in svg(named)


def test_a_handwriting_cannot_be_changed_afterwards():
    with pytest.raises(AttributeError):
        written().signer = "别人"  # type: ignore[misc]


def test_a_changed_copy_is_checked_again():
    with pytest.raises(HandwritingRefused):
        replace(written(), page_sha256="0")
