"""What 调证照 and 证照制作 may ask for, as plain callables."""

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

from clerk.app.use_cases import certificate_making, certificate_matching, certificates
from clerk.domain.case import Case
from clerk.domain.certificate import CertificateSummary
from clerk.domain.identity import Session
from clerk.jobs import Jobs
from clerk.services import certificate_leave
from clerk.services.desk import Desk
from clerk.ui.actions import CertificateActions, Here, MakingActions
from clerk.ui.ledger_actions import LedgerActions
from clerk.ui.shell import Shell

if TYPE_CHECKING:
    from clerk.ui.certificate_report import Reporting


def certificate_actions(desk: Desk, session: Session, here: Here) -> CertificateActions:
    """Return the reuse of certificates for this person; the use cases check who may."""
    return CertificateActions(
        here=here,
        get_ready=desk.certificate_files.start,
        leaves=partial(certificate_leave.leaves_at_hand, desk, session),
        by_code=partial(certificate_leave.authorise_by_code, desk, session),
        ask=partial(certificate_leave.request_authorisation, desk, session),
        poll=partial(certificate_leave.poll_authorisation, desk, session),
        duty_left=partial(certificate_leave.duty_calls_left, desk, session),
        match=partial(certificate_matching.match, desk, session),
        look=partial(certificates.look_at_certificate, desk, session),
        picture=partial(certificates.picture_of_certificate, desk, session),
        use=partial(certificates.use_certificate, desk, session),
        drop=partial(certificates.drop_certificate, desk, session),
        cancel=partial(certificate_leave.cancel_calls, desk, session),
        initials=desk.store.initials_of,
        modes=desk.certificates.abilities.modes,
    )


def certificates_opener(
    host: Shell, actions: CertificateActions, ledger: LedgerActions, jobs: Jobs
) -> Callable[[Case, str, Callable[[Case], None]], None]:
    """Return what opens 调证照 over ``host``; a wrong certificate is reported from there."""

    @cache
    def reporting() -> "Reporting":
        from clerk.ui.certificate_report import Reporting  # hardly ever is a certificate wrong

        made = Reporting(host, ledger, jobs)
        made.done.connect(host.say)
        made.failed.connect(lambda error: host.say(str(error)))
        return made

    def report(case: Case, requirement_code: str, certificate: CertificateSummary) -> None:
        reporting().begin(case, [(requirement_code, certificate)])

    def open_over(case: Case, requirement_code: str, done: Callable[[Case], None]) -> None:
        from clerk.ui.certificates import open_certificates  # its panels, at the first need

        open_certificates(
            host, actions, jobs, case, requirement_code, done, report=report, say=host.say
        )

    return open_over


def making_actions(desk: Desk, session: Session, here: Here) -> MakingActions:
    """Return the making of certificates for this person; the use cases check who may."""
    return MakingActions(
        here=here,
        offer=partial(certificate_making.offer_certificate, desk, session),
        preview=partial(certificate_making.preview_certificate, desk, session),
        make=partial(certificate_making.print_certificate, desk, session),
        void=partial(certificate_making.void_certificate, desk, session),
        pages=partial(certificate_making.certificate_pages, desk, session),
        document=partial(certificate_making.certificate_document, desk, session),
    )
