"""A clerk's calls of the practice certificate library."""

from clerk.domain.certificate import AuthorisationMode
from clerk.domain.secret import Secret
from clerk.services import certificate_leave, certificates
from clerk.services.certificate_matching import match
from integrations.practice.people import NOODLE_SHOP

PHONE, ENTRUSTED, BY_DUTY = (
    AuthorisationMode.PHONE,
    AuthorisationMode.ENTRUSTED,
    AuthorisationMode.BY_DUTY,
)


def by_code(window, case, requirement="LICENCE", code=NOODLE_SHOP.use_code):
    """Show a code; the leave, and what it brings for the material."""
    leave = certificate_leave.authorise_by_code(
        window.desk, window.clerk, case, requirement, Secret(code)
    )
    return leave, find(window, case, leave, requirement)


def ask(window, case, mode, requirement="LICENCE", who=None, reason=""):
    return certificate_leave.request_authorisation(
        window.desk, who or window.clerk, case, requirement, mode, reason
    )


def find(window, case, leave, requirement="LICENCE", again=False):
    """What the leave brings for one material."""
    rows = match(window.desk, window.clerk, case, leave, again).rows
    return tuple(row.certificate for row in rows if row.material == requirement)


def use(window, case, leave, chosen, requirement="LICENCE", **said):
    return certificates.use_certificate(
        window.desk, window.clerk, case, requirement, leave, chosen, **said
    )


def granted_by_phone(window, case, requirement="LICENCE"):
    """Ask the holder's phone and wait for his yes."""
    asked_for = ask(window, case, PHONE, requirement)
    window.peer("certlib").control(
        {"authorisation": asked_for.authorisation_id, "state": "GRANTED"}
    )
    return certificate_leave.poll_authorisation(window.desk, window.clerk, case, asked_for)


def calls(window):
    return [entry["operation"] for entry in window.heard("certlib")]
