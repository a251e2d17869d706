"""Peers that are out of reach, for measures that never leave the store."""

from typing import NoReturn
from uuid import UUID

from clerk.domain.certificate import AuthorisationMode, LibraryAbilities
from clerk.domain.errors import RemoteUnavailable
from integrations.soap.outcome import Kind, Sent


class AbsentPeers:
    """Fulfils every port to another system by saying that it does not answer."""

    abilities = LibraryAbilities(
        modes=frozenset(AuthorisationMode), reports_use=True, keeps_receipts=True
    )

    def _absent(self, *_asked: object) -> NoReturn:
        raise RemoteUnavailable("没有接通", kind=Kind.UNREACHABLE, sent=Sent.NO)

    ping = verify_use_code = request_authorisation = authorisation = query = _absent
    fetch_chunk = report_use = receipt = _absent
    submit_case = submit_decision = events = _absent
    lease_numbers = claim_number = report_hand_out = report_status = report_result = _absent
    certificate_uses = report_wrong_certificate = report_answers = _absent
    submit_issued = withdraw_issued = _absent

    def cancel(self, message_id: UUID) -> None:
        """Do nothing: no call is under way."""
