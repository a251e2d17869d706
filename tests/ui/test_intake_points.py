"""Nobody confirms a review point that was not on the screen; F9 waits for every one of them."""

from dataclasses import replace

from PyQt6.QtCore import Qt

from clerk.domain.findings import Check
from tests.ui.intake_world import FOOD, answered


def many_points(standard):
    """The layout plan with six points to look at."""
    asked = standard.requirement("LAYOUT")
    points = tuple(
        replace(asked.review_points[0], code=f"P{at}", text=f"示例要点{at}") for at in range(6)
    )
    longer = replace(asked, review_points=points)
    lines = tuple(longer if one is asked else one for one in standard.requirements)
    return replace(standard, requirements=lines)


def test_enter_confirms_only_the_points_in_sight_and_the_next_ones_follow(
    page, counter, hands, qtbot
):
    counter.standards[FOOD] = many_points(counter.standards[FOOD])
    opened = answered(page, counter, qtbot)
    page.body.materials.focus_row("LAYOUT")
    hands.press(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: "LAYOUT" in opened.case.evidence)

    page.body.materials.focus_row("LAYOUT")
    hands.press(Qt.Key.Key_Return)

    assert set(opened.case.evidence["LAYOUT"].points) == {"P0", "P1", "P2", "P3"}
    assert {f.point for f in opened.verdict.open if f.check is Check.MATERIAL_POINT} == {"P4", "P5"}

    page.body.materials.focus_row("LAYOUT")
    ticks = [tick for tick in page.body.materials.strip.ticks if tick.isVisibleTo(page)]
    assert len(ticks) == 2
    hands.press(Qt.Key.Key_Return)

    assert len(opened.case.evidence["LAYOUT"].points) == 6
    assert not [f for f in opened.verdict.open if f.check is Check.MATERIAL_POINT]
