"""What every call tells the certificate library: whose certificates, what for, on whose word.

The holder is whoever the case knows or whoever gave leave; a principal's certificates are called in
no way before his mandate is signed.
"""

from collections.abc import Sequence

from clerk.domain.case import Case
from clerk.domain.certificate import Authorisation, AuthorisationMode, Holder, Purpose
from clerk.domain.certificate_matching import callable_for, wanted_of, wanted_of_holder
from clerk.domain.errors import NotAllowed
from clerk.domain.material_checks import holder_of
from clerk.domain.party import MandateAct
from clerk.domain.standard import CertificateLink, ItemStandard, Requirement
from clerk.services.desk import Desk

_LONGEST_REASON = 200


def link_of(
    desk: Desk, case: Case, requirement_code: str
) -> tuple[ItemStandard, Requirement, CertificateLink]:
    """Return the standard, the material and the certificate that may stand in for it.

    Raises:
        NotAllowed: none may.
    """
    standard = desk.standard(case.item_code, case.standard_version)
    asked = standard.requirement(requirement_code)
    if asked.certificate is None:
        raise NotAllowed(f"{asked.name}没有对应的电子证照，没有调取。收原件或扫描")
    return standard, asked, asked.certificate


def holder_in(asked: Requirement, case: Case) -> Holder:
    """Return who holds the certificate, as the case knows him.

    Raises:
        NotAllowed: it does not know him yet.
    """
    party = holder_of(asked, case)
    if party is None or not party.id_number:
        raise NotAllowed("还不知道持证人是谁，没有调取。先读身份证，或填上证件号")
    return Holder(name=party.name, id_type=party.id_kind.code, id_number=party.id_number)


def wanted_with(desk: Desk, case: Case, asked: Requirement) -> tuple[Requirement, ...]:
    """Return the material, and all others that the same holder's certificates can stand in for."""
    link = asked.certificate
    same = [one for one in _wanted(desk, case) if _holder_word(one) == (link and link.holder)]
    return tuple(same) if asked in same else (asked, *same)


def wanted_under(desk: Desk, case: Case, leave: Authorisation) -> tuple[Requirement, ...]:
    """Return the materials that a leave may serve: its holder's, and not an unsigned principal's.

    Raises:
        NotAllowed: there is none.
    """
    held = wanted_of_holder(_wanted(desk, case), case, leave.holder)
    if not held:
        raise NotAllowed("亮码的人不是本件的持证人，没有调取。请持证人本人亮码，或收纸质件")
    free = tuple(one for one in held if _principal_bar(desk, case, one, leave.mode) is None)
    if not free:
        require_leave_of_principal(desk, case, held[0], leave.mode)
    return free


def require_leave_of_principal(
    desk: Desk, case: Case, asked: Requirement, mode: AuthorisationMode
) -> None:
    """Refuse to call a principal's certificate, in any way, before his mandate is signed.

    Asking for leave in his name is an act of its own; showing the code he gave is not.

    Raises:
        NotAllowed: his mandate does not carry it.
    """
    bar = _principal_bar(desk, case, asked, mode)
    if bar is not None:
        raise bar


def require_granted(desk: Desk, leave: Authorisation) -> None:
    """Refuse whatever rests on no leave, or on one that has run out; raises ``NotAllowed``."""
    if not leave.granted(desk.now()):
        raise NotAllowed("授权没有给，或已经过期，没有调取。请持证人再亮一次码，或收纸质件")


def purpose_of(
    standard: ItemStandard, wanted: Sequence[Requirement], case: Case, reason: str = ""
) -> Purpose:
    """Return what the library is told; without a reason it is to verify these materials."""
    names = "、".join(asked.name for asked in wanted)
    said = reason.strip() or f"核验{names}"
    if len(said) > _LONGEST_REASON:
        said = f"核验{wanted[0].name}等{len(wanted)}项材料"
    return Purpose(
        item_code=standard.task_code,
        item_name=standard.name,
        business_number=case.label or str(case.case_id),
        reason=said[:_LONGEST_REASON],
    )


def check_purpose(standard: ItemStandard, asked: Requirement, case: Case) -> Purpose:
    """Return what the library is told of a check after the decision, and on what it rests."""
    reason = f"事后核查承诺的{asked.name}，凭承诺书里申请人本人的同意"
    return purpose_of(standard, (asked,), case, reason)


def _wanted(desk: Desk, case: Case) -> tuple[Requirement, ...]:
    standard = desk.standard(case.item_code, case.standard_version)
    return wanted_of(standard, case, desk.today(), desk.calendar)


def _holder_word(asked: Requirement) -> str:
    return asked.certificate.holder if asked.certificate and callable_for(asked) else ""


def _principal_bar(
    desk: Desk, case: Case, asked: Requirement, mode: AuthorisationMode
) -> NotAllowed | None:
    handler, link = case.handler, asked.certificate
    if mode is AuthorisationMode.ENTRUSTED and not _is_principal(asked, case):
        return NotAllowed(
            "持证人没有签委托书，不能凭委托书调取，什么都没有调取。请持证人本人亮码，或收纸质件"
        )
    if handler is None or (link is not None and link.holder == "handler"):
        return None
    if not handler.mandate.in_force(desk.today()):
        return NotAllowed(
            "委托书还没有委托人签名，或不在期限内，什么都没有调取。请补签，或收纸质件"
        )
    asks_for_him = mode in {AuthorisationMode.PHONE, AuthorisationMode.ENTRUSTED}
    if asks_for_him and not handler.mandate.carries(
        MandateAct.AUTHORISE_CERTIFICATES, desk.today()
    ):
        return NotAllowed("委托书没有授权调用证照，什么都没有调取。请委托人补签，或收纸质件")
    return None


def _is_principal(asked: Requirement, case: Case) -> bool:
    """Whether the mandate is the holder's own: it is the applicant's, and speaks for nobody else."""
    holder, applicant = holder_of(asked, case), case.applicant
    if case.handler is None or holder is None or applicant is None:
        return False
    return holder.id_number.upper() == applicant.party.id_number.upper()
