"""A clerk's calls of the practice certificate library."""

from clerk.domain.certificate import AuthorisationMode
from clerk.services import certificates
from integrations.practice.people import NOODLE_SHOP

PHONE, ENTRUSTED, BY_DUTY = (
    AuthorisationMode.PHONE,
    AuthorisationMode.ENTRUSTED,
    AuthorisationMode.BY_DUTY,
)


def by_code(window, case, requirement="LICENCE", code=NOODLE_SHOP.use_code):
    return certificates.authorise_by_code(window.desk, window.clerk, case, requirement, code)


def ask(window, case, mode, requirement="LICENCE", who=None, reason=""):
    return certificates.request_authorisation(
        window.desk, who or window.clerk, case, requirement, mode, reason
    )


def find(window, case, leave, requirement="LICENCE"):
    return certificates.find_certificates(window.desk, window.clerk, case, requirement, leave)


def use(window, case, leave, chosen, requirement="LICENCE"):
    return certificates.use_certificate(window.desk, window.clerk, case, requirement, leave, chosen)


def granted_by_phone(window, case, requirement="LICENCE"):
    """Ask the holder's phone and wait for his yes."""
    asked_for = ask(window, case, PHONE, requirement)
    window.peer("certlib").control(
        {"authorisation": asked_for.authorisation_id, "state": "GRANTED"}
    )
    return certificates.poll_authorisation(window.desk, window.clerk, case, asked_for)


def calls(window):
    return [entry["operation"] for entry in window.heard("certlib")]
