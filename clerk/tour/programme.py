"""Every step of the tour in the order in which it is played."""

from clerk.tour.decision import DECISION
from clerk.tour.intake import INTAKE
from clerk.tour.moves import Step
from clerk.tour.others import OTHERS

STEPS: tuple[Step, ...] = (*INTAKE, *OTHERS, *DECISION)
