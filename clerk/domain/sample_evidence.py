"""What lies on the desk for one material of a sample case: in order, or with the fault it is to have."""

from datetime import date, datetime, timedelta
from typing import Final

from clerk.domain import intake
from clerk.domain.case import Case
from clerk.domain.certificate import AuthorisationMode, CertificateUse, Holder
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.identity import Session
from clerk.domain.material import Evidence, Origin, SignedLetter, StoredFile
from clerk.domain.material_checks import holder_of
from clerk.domain.paper_terms import MEDIA_TYPES
from clerk.domain.party import Party
from clerk.domain.sample_case import GivenAs, SampleMaterial
from clerk.domain.sample_people import SamplePeople
from clerk.domain.shared_asking import subject_of
from clerk.domain.shared_data import SharedAnswer, SharedBasis, SharedOutcome
from clerk.domain.standard import ItemStandard, Requirement, Way
from clerk.values import dataclass, replace

_PAGE: Final = StoredFile(
    sha256="0" * 64, name="sample.pdf", media_type="application/pdf", size_bytes=1, pages=1
)
_IN_ORDER: Final = (
    (Way.PAPER, GivenAs.PAPER),
    (Way.SCAN, GivenAs.SCAN),
    (Way.FILE, GivenAs.FILE),
    (Way.CERTIFICATE, GivenAs.CERTIFICATE),
    (Way.SHARED_DATA, GivenAs.SHARED_DATA),
)
_INVENTED: Final = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDesk:
    """The window at which a sample is laid out: which version, on which day, by whom."""

    standard: ItemStandard
    people: SamplePeople
    calendar: WorkCalendar
    session: Session
    at: datetime
    on: date


def usual_way(asked: Requirement) -> GivenAs:
    """Return how a material is given where a sample says nothing: the simplest way it offers."""
    if asked.generated_from_form:
        return GivenAs.MADE
    if asked.read_from_card:
        return GivenAs.CARD
    found = (given for way, given in _IN_ORDER if way in asked.ways)
    return next(found, GivenAs.MISSING)


def evidence_of(
    desk: SampleDesk, asked: Requirement, given: SampleMaterial, case: Case
) -> Evidence | None:
    """Return what lies there for ``asked``, None where nothing does."""
    way = usual_way(asked) if given.given is GivenAs.USUAL else given.given
    laying = _Laying(desk, asked, given, case)
    match way:
        case GivenAs.MISSING | GivenAs.USUAL:
            return None
        case GivenAs.CERTIFICATE:
            return laying.certificate()
        case GivenAs.COMMITMENT:
            return laying.promised()
        case GivenAs.DEFERRAL:
            return intake.deferred(
                desk.standard, asked, desk.calendar, desk.session, desk.at, desk.on
            )
        case _:
            evidence = laying.paper(way)
            return _spoiled(desk, asked, given, evidence) if evidence else None


def _spoiled(
    desk: SampleDesk, asked: Requirement, given: SampleMaterial, evidence: Evidence
) -> Evidence:
    """Return the paper with its day, its points looked at, and with the faults it is to have."""
    points = {p.code: True for p in asked.review_points if p.code not in given.unseen}
    aged = asked.max_age_days is not None or asked.max_age_months is not None
    dated = aged or given.issued_days_ago is not None
    kept = evidence.valid_until_on
    if given.valid_days is not None:
        kept = desk.on + timedelta(days=given.valid_days)
    return replace(
        evidence,
        originals=evidence.originals if given.originals is None else given.originals,
        copies=evidence.copies if given.copies is None else given.copies,
        issued_on=desk.on - timedelta(days=given.issued_days_ago or 0) if dated else None,
        valid_until_on=kept,
        signed=evidence.signed if given.signed is None else given.signed,
        sealed=evidence.sealed if given.sealed is None else given.sealed,
        fault=given.unfit,
        points={**points, **given.points},
    )


def representative_of(case: Case) -> Party | None:
    """Return the person who asks: the applicant himself, or whoever stands for the body."""
    if case.applicant is None:
        return None
    return case.applicant.representative or case.applicant.party


@dataclass(frozen=True, slots=True)
class _Laying:
    """One material being laid on the desk."""

    desk: SampleDesk
    asked: Requirement
    given: SampleMaterial
    case: Case

    def paper(self, way: GivenAs) -> Evidence | None:
        desk, asked = self.desk, self.asked
        match way:
            case GivenAs.PAPER:
                return intake.on_paper(asked, desk.session, desk.at)
            case GivenAs.SCAN:
                return intake.from_file(asked, self._file(), Origin.SCANNED, desk.session, desk.at)
            case GivenAs.FILE:
                file = self._file()
                return intake.from_file(asked, file, Origin.CHOSEN_FILE, desk.session, desk.at)
            case GivenAs.MADE:
                return intake.made_by_system(_PAGE, desk.session, desk.at)
            case GivenAs.CARD:
                return self._card()
            case GivenAs.SHARED_DATA:
                return self._answered()
            case _:
                return self._held(Way.EXEMPT, Origin.BY_RULE)

    def certificate(self) -> Evidence | None:
        desk, given, link = self.desk, self.given, self.asked.certificate
        holder, person = holder_of(self.asked, self.case), representative_of(self.case)
        if link is None or holder is None or person is None:
            return None
        name, left = given.holder or holder.name, given.valid_days
        use = CertificateUse(
            certificate_id=_INVENTED,
            type_code=link.type_code,
            type_name=link.type_name,
            number=_INVENTED,
            holder_name=name,
            holder=Holder(name=name, id_type=holder.id_kind.code, id_number=holder.id_number),
            issuer_name=given.issuer or next(iter(self.asked.issuers), _INVENTED),
            valid_until_on=None if left is None else desk.on + timedelta(days=left),
            status=given.status,
            authorisation_id=_INVENTED,
            mode=AuthorisationMode.CODE,
            fetched_at=desk.at,
            fields={**desk.people.face(holder, person), **given.face},
        )
        return intake.from_certificate(use, (_PAGE,), desk.session, desk.at)

    def promised(self) -> Evidence:
        at, person = self.desk.at, representative_of(self.case)
        letter = SignedLetter(
            template=self.asked.promise.template if self.asked.promise else "",
            template_sha256=_PAGE.sha256,
            text_sha256=_PAGE.sha256,
            offered_at=at,
            signed_at=at,
            signer=person.name if person else "",
            docx=_PAGE,
            pdf=_PAGE,
        )
        return intake.promised(self.asked, letter, self.desk.session)

    def _file(self) -> StoredFile:
        """The file that was scanned or chosen: of the first format that is taken, long enough."""
        kind = next(iter(self.asked.file_formats), None)
        fewest = max(self.asked.pages_at_least or 1, 1)
        return replace(
            _PAGE,
            media_type=MEDIA_TYPES[kind] if kind else _PAGE.media_type,
            pages=fewest if self.given.pages is None else self.given.pages,
        )

    def _card(self) -> Evidence | None:
        applicant, handler = self.case.applicant, self.case.handler
        people = {
            "applicant": applicant.party if applicant else None,
            "handler": handler.party if handler else None,
        }
        party = people.get(self.asked.read_from_card, representative_of(self.case))
        return intake.from_card(party, self.desk.session, self.desk.at) if party else None

    def _answered(self) -> Evidence:
        """What the source says: what the material wants of it, but for what the sample says."""
        held, source = self._held(Way.SHARED_DATA, Origin.SHARED_DATA), self.asked.shared_source
        subject = subject_of(self.case, source) if source else None
        if source is None or subject is None:
            return held
        wanted = (said.partition("=") for said in reversed(self.asked.shared_says))
        answer = SharedAnswer(
            source=source,
            outcome=SharedOutcome.FOUND,
            about=subject.id_number,
            at=self.desk.at,
            basis=SharedBasis.CONSENT,
            reason=_INVENTED,
            record_number=_INVENTED,
            as_of=self.desk.on,
            values={**{name: value for name, _, value in wanted}, **self.given.face},
        )
        return replace(held, shared=answer)

    def _held(self, way: Way, origin: Origin) -> Evidence:
        return Evidence(
            way=way,
            origin=origin,
            at=self.desk.at,
            by=self.desk.session.account.account_id,
            signed=True if self.asked.signature_by else None,
            sealed=True if self.asked.needs_seal else None,
        )
