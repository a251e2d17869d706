"""To whom somebody is sent who came to the wrong office (首办负责): never to a house, to a person."""

import re
from collections.abc import Mapping

from clerk.domain.errors import NotAcceptable
from clerk.values import dataclass

_PHONE = re.compile(r"[0-9][0-9 \-]{4,19}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """The competent office, who there receives the applicant, and his telephone number."""

    office: str = ""
    receiver: str = ""
    phone: str = ""

    @property
    def lacking(self) -> str:
        """What is still missing or unreadable, as the clerk reads it; empty where it is whole."""
        if not self.office.strip():
            return "有权办理的机关"
        if not self.receiver.strip():
            return "接收人姓名"
        return "" if _PHONE.fullmatch(self.phone.strip()) else "接收人电话"

    def require_whole(self) -> None:
        """Raise ``NotAcceptable`` unless the applicant finds somebody there who expects him."""
        if self.lacking:
            raise NotAcceptable(
                f"还没写明{self.lacking}，没有出决定书。首办负责：写明去哪个机关、找谁、打什么电话"
            )

    def stripped(self) -> "Referral":
        """The same without blanks around what was typed."""
        return Referral(
            office=self.office.strip(), receiver=self.receiver.strip(), phone=self.phone.strip()
        )


def told_of(detail: Mapping[str, str]) -> Referral:
    """Return to whom the applicant was sent, as the course of the case says it."""
    return Referral(
        office=detail["competent_body"],
        receiver=detail.get("receiver", ""),
        phone=detail.get("receiver_phone", ""),
    )


NOBODY = Referral()
"""Where the reason sends the applicant nowhere else."""
