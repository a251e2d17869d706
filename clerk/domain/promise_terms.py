"""What a standard says of a promise besides its words (告知承诺制): who may, and what is checked."""

from enum import StrEnum

from clerk.values import dataclass


class CheckMethod(StrEnum):
    """How a promise is looked at after the decision (核查方式)."""

    NONE = "none"
    ONLINE = "online"
    ON_SITE = "on_site"


class PromiseExclusion(StrEnum):
    """Why a proof may never be replaced by a promise, whatever a standard's ways say.

    Source: 国办发〔2020〕42号, the proofs with high risk and hard-to-correct harm.
    """

    NATIONAL_SECURITY = "national_security"
    STATE_SECRET = "state_secret"
    PUBLIC_SAFETY = "public_safety"
    PRUDENTIAL_SUPERVISION = "prudential_supervision"
    ENVIRONMENT = "environment"
    LIFE_AND_HEALTH = "life_and_health"
    FOREIGN_AFFAIRS = "foreign_affairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseTerms:
    """Who may promise, and how and by when the promise is looked at after the decision.

    ``agent_may`` is False where nobody may promise for the applicant, whatever his mandate says.
    """

    check: CheckMethod = CheckMethod.ONLINE
    check_within_workdays: int = 30
    agent_may: bool = True
