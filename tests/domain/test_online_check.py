"""在线核查: what may be asked of the certificate library about a promise, and of whom."""

from dataclasses import replace

import pytest

from clerk.domain.errors import NotAcceptable
from clerk.domain.online_check import OnlineBar, askable, online_bar, require_askable
from clerk.domain.promise_terms import CheckMethod, PromiseTerms
from clerk.domain.standard import CertificateLink
from tests.domain.at_the_check import CHECKER, granted_case, letter, promised_case
from tests.domain.at_the_window import FOOD, LICENCE_TYPE, rules

LINK = CertificateLink(type_code=LICENCE_TYPE, type_name="营业执照", holder="applicant", fills={})


def standard(method=CheckMethod.ONLINE, link=LINK):
    """The noodle shop's item, its promise of the premises looked at by the library."""
    changed = []
    for asked in FOOD.requirements:
        if asked.code == "PREMISES" and asked.promise is not None:
            promise = replace(asked.promise, terms=PromiseTerms(check=method))
            asked = replace(asked, promise=promise, certificate=link)  # noqa: PLW2901
        changed.append(asked)
    return rules(replace(FOOD, requirements=tuple(changed)))


def consented(case=None, *, agrees=True):
    case = case or granted_case()
    held = replace(case.evidence["PREMISES"], letter=replace(letter(), online_check=agrees))
    return replace(case, evidence={**case.evidence, "PREMISES": held})


def test_with_the_written_consent_the_applicants_own_certificate_is_asked_for():
    case = consented()

    holder = require_askable(standard(), case, "PREMISES", CHECKER)

    assert askable(standard(), case) == ("PREMISES",)
    assert case.applicant is not None
    assert holder.id_number == case.applicant.party.id_number


@pytest.mark.parametrize(
    ("law", "case", "bar"),
    [
        (standard(), consented(promised_case()), OnlineBar.NOTHING_OPEN),
        (standard(CheckMethod.ON_SITE), consented(), OnlineBar.OTHER_METHOD),
        (standard(link=None), consented(), OnlineBar.NO_CERTIFICATE),
        (
            standard(link=replace(LINK, holder="representative")),
            consented(),
            OnlineBar.ANOTHER_HOLDER,
        ),
        (standard(), consented(agrees=False), OnlineBar.NO_CONSENT),
    ],
)
def test_nothing_else_is_asked_and_the_refusal_says_why(law, case, bar):
    assert online_bar(law, case, "PREMISES") is bar
    assert askable(law, case) == ()
    with pytest.raises(NotAcceptable, match="没有查"):
        require_askable(law, case, "PREMISES", CHECKER)
