"""That somebody was reminded (催领、催补), and how it can be shown later."""

from datetime import datetime
from enum import StrEnum

from clerk.values import dataclass


class ReminderWay(StrEnum):
    """How a person was reached."""

    MESSAGE = "message"
    PHONE = "phone"
    LETTER = "letter"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reminder with its proof.

    ``about`` names the task it answers (``remind_result/1``), ``to`` who was reached and ``by``
    the account that reminded, empty for the program itself. ``proof`` is what shows it: the
    message's receipt, the number called and who answered, the letter's number.
    """

    about: str
    to: str
    way: ReminderWay
    at: datetime
    by: str
    proof: str
