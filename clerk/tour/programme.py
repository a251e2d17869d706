"""Every step of the tour in the order in which it is played."""

from clerk.tour.intake import INTAKE
from clerk.tour.moves import Step

STEPS: tuple[Step, ...] = (*INTAKE,)
