"""A counter to measure: the real store and services, an invented case that may be accepted."""

import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from uuid import UUID

from clerk import assets
from clerk.app.calendars import read_calendar
from clerk.app.opening import read_kind_laws
from clerk.app.practice_accounts import practice_accounts
from clerk.app.starter import read_catalogue
from clerk.documents.press import Press
from clerk.domain.case import Case
from clerk.domain.days import local_date
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.form import asked_of, facts_of
from clerk.domain.identifiers import IdKind
from clerk.domain.identity import Role, Session
from clerk.domain.intake import (
    from_file,
    new_case,
    on_paper,
    with_answer,
    with_body,
    with_evidence,
    with_person,
    with_value,
)
from clerk.domain.material import Evidence, Origin, StoredFile
from clerk.domain.party import Party, PartyKind, Source
from clerk.domain.pinyin import Initials
from clerk.domain.prefill import prefilled
from clerk.domain.standard import FieldKind, FormField, ItemStandard, Requirement
from clerk.services.desk import Desk
from clerk.services.ports import BackOffice, CertificateLibrary, Platform
from clerk.settings import PRACTICE_COUNTER
from clerk.storage import standards
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from integrations.certificate_files.reader import CertificateFileReader
from integrations.devices.simulated.reader import SimulatedReader
from integrations.devices.simulated.scanner import SimulatedScanner
from integrations.devices.usb_reader import UsbCardReader
from integrations.practice.people import DISPATCH_COMPANY, WANG_CESHI

START_AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
"""2026-03-18 09:00 by the hall's clock."""

ITEM = "food_business_permit"
ANSWERS = {
    "subject": "company",
    "business": "canteen",
    "dishes": "hot",
    "contracted": "yes",
    "online": "yes",
}
"""The canteen run by a contractor: the item's longest list, eight materials."""

SCAN = b"%PDF-1.4\n% an invented drawing\n" + b"0" * 2000
"""A file that goes with every case of the soak."""

_SAMPLES = {
    FieldKind.NUMBER: "120",
    FieldKind.INTEGER: "12",
    FieldKind.MONEY: "100000",
    FieldKind.DATE: "2026-12-01",
    FieldKind.MOBILE: WANG_CESHI.phone,
    FieldKind.RESIDENT_ID: WANG_CESHI.id_number,
    FieldKind.CREDIT_CODE: DISPATCH_COMPANY.code,
}


def new_key() -> bytes:
    """Return a store key of this run only."""
    return secrets.token_bytes(32)


def scratch(name: str) -> Path:
    """Return a folder below ``build/``, on the disk that the program itself would use."""
    folder = Path(__file__).parents[1] / "build" / name / str(os.getpid())
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def read_initials() -> Initials:
    """Return the program's own table of pinyin initials."""
    return Initials.read(
        assets.read_text("resources", "pinyin/initials.txt"),
        assets.read_text("resources", "pinyin/phrases.txt"),
    )


def open_store(path: Path, key: bytes, now: Callable[[], datetime], initials: Initials) -> Store:
    """Open the store as the practice hall does."""
    return Store.open(
        path,
        key=key,
        now=now,
        station=PRACTICE_COUNTER.code,
        initials=initials.of,
        room=Room(ballast_bytes=0),
    )


class Counter:
    """Everything of a counter that outlives its store: catalogue, calendar, who is signed in."""

    def __init__(self, catalogue: Sequence[ItemStandard] = ()) -> None:
        """Read what ships with the program; a ``catalogue`` that was read before is not read again."""
        self.calendar: WorkCalendar = read_calendar().calendar
        self.kind_laws = read_kind_laws()
        self.catalogue = tuple(catalogue) or read_catalogue()
        self._by_version = {(item.item_code, item.version): item for item in self.catalogue}
        accounts = practice_accounts()
        clerk = next(one for one in accounts if Role.WINDOW_CLERK in one.roles)
        self.session = Session(
            account=clerk,
            counter_code=PRACTICE_COUNTER.code,
            counter_name=PRACTICE_COUNTER.name,
            signed_in_at=START_AT,
        )

    @cached_property
    def initials(self) -> Initials:
        """The program's own table of pinyin initials."""
        return read_initials()

    def standard(self, item_code: str, version: int) -> ItemStandard:
        """Return a version of an item."""
        return self._by_version[item_code, version]

    @property
    def item(self) -> ItemStandard:
        """The item that is measured."""
        return next(item for item in self.catalogue if item.item_code == ITEM)

    def publish(self, store: Store) -> None:
        """Put the catalogue into a new store."""
        with store.begin() as tx:
            for item in self.catalogue:
                standards.publish(tx, item, START_AT)

    def desk(
        self,
        store: Store,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], UUID],
        certificates: CertificateLibrary,
        back_office: BackOffice,
        platform: Platform,
    ) -> Desk:
        """Return the desk that the use cases take; nothing but the three peers is asked."""
        return Desk(
            store=store,
            station=PRACTICE_COUNTER.code,
            counter=PRACTICE_COUNTER,
            calendar=self.calendar,
            kind_laws=self.kind_laws,
            standard=self.standard,
            now=now,
            new_id=new_id,
            press=Press(),
            card_reader=UsbCardReader(backend=SimulatedReader().backend),
            scanner=SimulatedScanner(),
            certificates=certificates,
            certificate_files=CertificateFileReader(),
            back_office=back_office,
            platform=platform,
        )

    def draft(self, case_id: UUID, at: datetime, scan: StoredFile | None = None) -> Case:
        """Return a case that was never saved and that nothing keeps from being accepted."""
        item, session = self.item, self.session
        case = new_case(case_id, item, session, at)
        case = with_person(case, _representative(at), item.applicant_kinds)
        case = with_body(case, _company(at))
        for question, option in ANSWERS.items():
            case = with_answer(case, question, option, at)
        case = prefilled(item, case, at, self.calendar)
        asked = asked_of(item, facts_of(case, local_date(at), self.calendar))
        for line in asked.fields:
            if line.code not in case.values:
                case = with_value(case, line.code, _typed(line), at)
        for wanted in asked.requirements:
            case = with_evidence(case, wanted.code, self._evidence(wanted, scan, at))
        return case

    def _evidence(self, wanted: Requirement, scan: StoredFile | None, at: datetime) -> Evidence:
        if scan is not None and wanted.code == "LAYOUT":
            held = from_file(wanted, scan, Origin.SCANNED, self.session, at)
        else:
            held = on_paper(wanted, self.session, at)
        return replace(held, points={point.code: True for point in wanted.review_points})


def _representative(at: datetime) -> Party:
    return Party(
        kind=PartyKind.PERSON,
        name=WANG_CESHI.name,
        id_kind=IdKind.RESIDENT_ID,
        id_number=WANG_CESHI.id_number,
        source=Source.ID_CARD,
        identified_at=at,
        address=WANG_CESHI.address,
        birth_on=WANG_CESHI.birth_on,
        id_valid_until_on=date(2040, 1, 1),
    )


def _company(at: datetime) -> Party:
    return Party(
        kind=PartyKind.COMPANY,
        name=DISPATCH_COMPANY.name,
        id_kind=IdKind.UNIFIED_CODE,
        id_number=DISPATCH_COMPANY.code,
        source=Source.TYPED,
        identified_at=at,
        address=DISPATCH_COMPANY.address,
    )


def _typed(line: FormField) -> str:
    if line.options:
        return line.options[0].label
    return _SAMPLES.get(line.kind, DISPATCH_COMPANY.address)
