"""Changes to a draft, each a pure function; the window applies them at once, the store follows."""

from datetime import date, datetime
from uuid import UUID

from clerk.domain.case import (
    Answer,
    Case,
    CaseEvent,
    CaseEventKind,
    CaseState,
    FieldValue,
)
from clerk.domain.certificate import CertificateUse
from clerk.domain.course import event_by
from clerk.domain.deadlines import WorkCalendar, due_date
from clerk.domain.errors import BadInput, NotAcceptable
from clerk.domain.id_card import IdCard
from clerk.domain.identifiers import IdKind
from clerk.domain.identity import Session
from clerk.domain.limits import Limit, LimitUnit
from clerk.domain.material import Evidence, Origin, SignedLetter, StoredFile
from clerk.domain.party import (
    Applicant,
    Handler,
    Mandate,
    MandateAct,
    Party,
    PartyKind,
    Source,
)
from clerk.domain.standard import ItemStandard, Requirement, Way
from clerk.values import replace

EDITABLE = frozenset({CaseState.DRAFT, CaseState.CORRECTION_DUE})
"""After acceptance nothing is replaced; a received case waits for the department."""


def new_case(case_id: UUID, standard: ItemStandard, session: Session, at: datetime) -> Case:
    """Open a draft of one item; the key exists from the first keystroke."""
    case = Case(
        case_id=case_id,
        version=0,
        state=CaseState.DRAFT,
        item_code=standard.item_code,
        item_name=standard.name,
        standard_version=standard.version,
        opened_at=at,
        counter_code=session.counter_code,
        clerk=session.account.account_id,
        clerk_name=session.account.display_name,
        with_whom=session.counter_name,
    )
    return case.with_event(event_by(session, CaseEventKind.OPENED, at))


def editable(case: Case) -> None:
    """Raise ``NotAcceptable`` unless the case is a draft or its corrections are being handed in."""
    if case.state not in EDITABLE:
        raise NotAcceptable("这件已经收下，材料和表格不再改动。需要补核的，由审批人退回补核")


def party_from_card(card: IdCard, at: datetime) -> Party:
    """Make a person out of what the chip says."""
    return Party(
        kind=PartyKind.PERSON,
        name=card.name,
        id_kind=card.kind,
        id_number=card.id_number,
        source=Source.ID_CARD,
        identified_at=at,
        address=card.address,
        sex=card.sex.value,
        birth_on=card.birth_on,
        id_valid_until_on=card.valid_until_on,
    )


def with_person(case: Case, party: Party, kinds: tuple[PartyKind, ...]) -> Case:
    """Put a person in the applicant's place.

    Where the item is not for persons, he is the representative of a body still to be named.
    """
    editable(case)
    case = _entrusted_anew(case)
    if PartyKind.PERSON in kinds:
        return replace(case, applicant=Applicant(party=party))
    body = case.applicant.party if case.applicant else None
    if body is None or body.kind is PartyKind.PERSON:
        only = kinds[0]
        body = Party(
            kind=only,
            name="",
            id_kind=IdKind.UNIFIED_CODE,
            id_number="",
            source=Source.TYPED,
            identified_at=party.identified_at,
        )
    return replace(case, applicant=Applicant(party=body, representative=party))


def with_body(case: Case, body: Party) -> Case:
    """Put a company or trader in the applicant's place, keeping its representative."""
    editable(case)
    case = _entrusted_anew(case)
    held = case.applicant
    representative = held.representative if held else None
    if representative is None and held is not None and held.party.kind is PartyKind.PERSON:
        representative = held.party
    return replace(case, applicant=Applicant(party=body, representative=representative))


def with_handler(case: Case, handler: Handler | None) -> Case:
    """Say who acts for the applicant, or that he acts himself.

    Raises:
        NotAcceptable: nothing may be edited, or whoever acts was entrusted by a letter before the
            case was taken in: such a letter is not signed a second time.
    """
    editable(case)
    if handler == case.handler:
        return case
    if case.received_at is not None and case.mandate_letter is not None:
        raise NotAcceptable(
            "这件收下前委托人已签委托书，代办员不再更换，没有改动。申请人可以本人来办；要换人，撤回后另开一件"
        )
    return _entrusted_anew(replace(case, handler=handler))


def _entrusted_anew(case: Case) -> Case:
    """Forget a mandate that was signed here: it says who entrusts whom with what."""
    letter, handler = case.mandate_letter, case.handler
    if letter is None:
        return case
    if handler is not None:
        handler = replace(handler, mandate=replace(handler.mandate, signed=False))
    evidence = dict(case.evidence)
    for code, held in case.evidence.items():
        if held.files == (letter.pdf,):
            del evidence[code]
            if held.older:
                evidence[code] = replace(held.older[0], older=held.older[1:])
    return replace(case, handler=handler, mandate_letter=None, evidence=evidence)


def unsigned_mandate(on: date, until_on: date) -> Mandate:
    """Return the usual mandate as it lies before the principal: it carries nothing yet."""
    return Mandate(
        acts=frozenset({MandateAct.SUBMIT, MandateAct.CORRECT, MandateAct.COLLECT}),
        from_on=on,
        until_on=until_on,
        signed=False,
    )


def with_answer(case: Case, question: str, option: str, at: datetime) -> Case:
    """Answer a question as the last one; values of fields that this hides are kept."""
    editable(case)
    answers = {code: given for code, given in case.answers.items() if code != question}
    answers[question] = Answer(option=option, source=Source.ANSWERED, at=at)
    return replace(case, answers=answers)


def with_value(
    case: Case, field: str, value: str, at: datetime, source: Source = Source.TYPED
) -> Case:
    """Type a value; a sourced one that it stands over stays visible as ``replaced``."""
    editable(case)
    values = dict(case.values)
    held = values.get(field)
    if held is not None and held.source is Source.SHARED_DATA:
        if value.strip() == held.value:
            return case
        raise NotAcceptable("这一项锁定在共享数据上，没有改动。有误先到源头单位更正，再核一次")
    replaced = ""
    replaced_source: Source | None = None
    if held is not None and held.source not in {Source.TYPED, Source.EARLIER}:
        replaced, replaced_source = held.value, held.source
    elif held is not None:
        replaced, replaced_source = held.replaced, held.replaced_source
    if not value.strip():
        values.pop(field, None)
    else:
        values[field] = FieldValue(
            value=value.strip(),
            source=source,
            at=at,
            replaced=replaced,
            replaced_source=replaced_source,
        )
    return replace(case, values=values)


def with_evidence(case: Case, requirement: str, evidence: Evidence) -> Case:
    """Satisfy a requirement; what stood there is kept as an older version."""
    editable(case)
    held = case.evidence.get(requirement)
    if held is not None:
        evidence = replace(evidence, older=(replace(held, older=()), *held.older))
        if held.way is Way.COMMITMENT and evidence.way is not Way.COMMITMENT:
            case = case.with_event(_given_back(case, requirement, evidence))
    return replace(case, evidence={**case.evidence, requirement: evidence})


def _given_back(case: Case, requirement: str, evidence: Evidence) -> CaseEvent:
    """The paper came in place of the promise: the applicant has taken his word back."""
    mine = evidence.by == case.clerk
    return CaseEvent(
        kind=CaseEventKind.PROMISE_WITHDRAWN,
        at=evidence.at,
        actor=evidence.by,
        actor_name=case.clerk_name if mine else evidence.by,
        subject=requirement,
    )


def without_evidence(case: Case, requirement: str) -> Case:
    """Take an attachment away; undo puts the earlier case back as it was."""
    editable(case)
    kept = {code: held for code, held in case.evidence.items() if code != requirement}
    return replace(case, evidence=kept)


def with_point(case: Case, requirement: str, point: str, holds: bool) -> Case:
    """Record what a person saw at one review point."""
    editable(case)
    held = case.evidence[requirement]
    seen = replace(held, points={**held.points, point: holds})
    return replace(case, evidence={**case.evidence, requirement: seen})


def with_fault(case: Case, requirement: str, reason: str) -> Case:
    """Mark a material unfit (不合规) with its reason, or fit again with an empty one."""
    editable(case)
    held = replace(case.evidence[requirement], fault=reason.strip())
    return replace(case, evidence={**case.evidence, requirement: held})


def with_issue_day(case: Case, requirement: str, issued_on: date | None) -> Case:
    """Record the day a paper bears (开具日期), or that it is not known."""
    editable(case)
    held = replace(case.evidence[requirement], issued_on=issued_on)
    return replace(case, evidence={**case.evidence, requirement: held})


def on_paper(asked: Requirement, session: Session, at: datetime) -> Evidence:
    """The paper lies on the desk, in the number of originals and copies that is asked for."""
    return Evidence(
        way=Way.PAPER,
        origin=Origin.HANDED_IN,
        at=at,
        by=session.account.account_id,
        originals=asked.originals,
        copies=asked.copies,
        signed=True if asked.signature_by else None,
        sealed=True if asked.needs_seal else None,
    )


def from_file(
    asked: Requirement, file: StoredFile, origin: Origin, session: Session, at: datetime
) -> Evidence:
    """A scan or a chosen file stands for the paper."""
    return Evidence(
        way=Way.SCAN if origin is Origin.SCANNED else Way.FILE,
        origin=origin,
        at=at,
        by=session.account.account_id,
        files=(file,),
        signed=True if asked.signature_by else None,
        sealed=True if asked.needs_seal else None,
    )


def from_card(party: Party, session: Session, at: datetime) -> Evidence:
    """The identity card itself was read at this window."""
    return Evidence(
        way=Way.PAPER,
        origin=Origin.READ_FROM_CARD,
        at=at,
        by=session.account.account_id,
        originals=1,
        valid_until_on=party.id_valid_until_on,
    )


def from_certificate(
    use: CertificateUse, files: tuple[StoredFile, ...], session: Session, at: datetime
) -> Evidence:
    """A certificate of the library stands for the paper, in this case only."""
    return Evidence(
        way=Way.CERTIFICATE,
        origin=Origin.LIBRARY,
        at=at,
        by=session.account.account_id,
        files=files,
        valid_until_on=use.valid_until_on,
        certificate=use,
    )


def promised(asked: Requirement, letter: SignedLetter, session: Session) -> Evidence:
    """A signed commitment letter stands for the proof.

    Raises:
        BadInput: the standard does not offer the promise for this material.
    """
    if asked.promise is None or asked.never_promised or Way.COMMITMENT not in asked.ways:
        raise BadInput(f"{asked.name}不在告知承诺清单内，没有改动。收原件，或一次性告知")
    return Evidence(
        way=Way.COMMITMENT,
        origin=Origin.SIGNED_LETTER,
        at=letter.signed_at,
        by=session.account.account_id,
        files=(letter.pdf,),
        letter=letter,
    )


def deferred(
    standard: ItemStandard,
    asked: Requirement,
    calendar: WorkCalendar,
    session: Session,
    at: datetime,
    on: date,
) -> Evidence:
    """The paper may follow (容缺), by a day within the item's promised limit.

    Raises:
        BadInput: the standard does not let this material come later.
    """
    if asked.deferral_workdays is None or asked.main or Way.DEFERRAL not in asked.ways:
        raise BadInput(f"{asked.name}不能容缺后补，没有改动。收原件，或一次性告知")
    days = asked.deferral_workdays
    limit = Limit(amount=days, unit=LimitUnit.WORKDAYS)
    promised_on = due_date(on, standard.promised_limit, calendar).on
    return Evidence(
        way=Way.DEFERRAL,
        origin=Origin.PROMISED_LATER,
        at=at,
        by=session.account.account_id,
        due_on=min(due_date(on, limit, calendar).on, promised_on),
    )


def made_by_system(file: StoredFile, session: Session, at: datetime) -> Evidence:
    """A paper the program made from the form (申请书), signed at the window."""
    return Evidence(
        way=Way.FILE,
        origin=Origin.MADE_BY_SYSTEM,
        at=at,
        by=session.account.account_id,
        files=(file,),
        signed=True,
    )


def card_was_read(case: Case, session: Session, at: datetime, name: str) -> Case:
    """Note in the course of the case that a card was read."""
    return case.with_event(event_by(session, CaseEventKind.CARD_READ, at, name=name))


def certificate_was_used(case: Case, session: Session, use: CertificateUse) -> Case:
    """Note in the course of the case that a certificate was called.

    Where only the representative was known so far, the certificate's holder becomes the
    applicant: a shop is known by its licence, not by its owner's identity card.
    """
    event = event_by(
        session,
        CaseEventKind.CERTIFICATE_USED,
        use.fetched_at,
        certificate=use.type_name,
        mode=use.mode.value,
    )
    return _with_holder(case, use).with_event(event)


def _with_holder(case: Case, use: CertificateUse) -> Case:
    held = case.applicant
    unnamed = held is not None and not held.party.id_number
    if held is None or not unnamed or use.holder.id_type != IdKind.UNIFIED_CODE.code:
        return case
    body = replace(
        held.party,
        name=use.holder.name,
        id_number=use.holder.id_number,
        source=Source.CERTIFICATE,
        identified_at=use.fetched_at,
    )
    return replace(case, applicant=replace(held, party=body))


def letter_was_signed(case: Case, session: Session, asked: Requirement, at: datetime) -> Case:
    """Note in the course of the case that a commitment letter was signed."""
    signed = event_by(
        session, CaseEventKind.LETTER_SIGNED, at, subject=asked.code, material=asked.name
    )
    return case.with_event(signed)
