"""A counter in a process of its own that calls the library until it is killed.

Usage: python -m tests.services.calling_child STORE LIBRARY_URL CASE_ID

Prints the message id of each of its two calls once the intent is kept; neither is ever answered.
"""

import sys
from pathlib import Path
from threading import Thread
from uuid import UUID

from clerk.app.calendars import read_calendar
from clerk.app.edges import uuid7
from clerk.app.opening import read_kind_laws
from clerk.app.practice_accounts import practice_accounts
from clerk.documents.press import Press
from clerk.domain.certificate import AuthorisationMode, Purpose
from clerk.domain.certificate_call import CallAbout
from clerk.domain.identity import Role, Session
from clerk.services.call_journal import journaled
from clerk.services.desk import Desk
from clerk.settings import PRACTICE_COUNTER
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from integrations.back_office.soap import SoapBackOffice
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.devices.simulated.reader import SimulatedReader
from integrations.devices.simulated.scanner import SimulatedScanner
from integrations.devices.usb_reader import UsbCardReader
from integrations.platform.soap import SoapPlatform
from integrations.practice.people import NOODLE_SHOP
from integrations.soap.call_traces import CallTraces
from tests.integrations.library_calls import CERTIFICATE_FILES, SCRIBE
from tests.services.window import KEY, STATION, Clock, profile

PURPOSE = Purpose(
    item_code="11990123MB0001001440001",
    item_name="食品经营许可",
    business_number="20260318-0001",
    reason="核验营业执照",
)


def desk_of(store: Store, url: str) -> Desk:
    """A desk that knows the library and has nothing else to do."""
    traces = CallTraces()
    elsewhere = profile("别处", url)
    return Desk(
        store=store,
        station=STATION,
        counter=PRACTICE_COUNTER,
        calendar=read_calendar().calendar,
        kind_laws=read_kind_laws(),
        standard=lambda _code, _version: None,  # type: ignore[arg-type,return-value]  # no case here
        now=Clock(),
        new_id=uuid7,
        press=Press(),
        card_reader=UsbCardReader(backend=SimulatedReader().backend),
        scanner=SimulatedScanner(),
        certificates=SoapCertificateLibrary(
            profile("省证照库", url), SCRIBE, new_id=uuid7, traces=traces
        ),
        certificate_files=CERTIFICATE_FILES,
        back_office=SoapBackOffice(elsewhere, SCRIBE),
        platform=SoapPlatform(elsewhere, SCRIBE),
        call_traces=traces,
    )


def call(desk: Desk, session: Session, case_id: UUID) -> None:
    """Show a code to the library, and say under which id as soon as the intent is kept."""
    made = desk.call(session, case_id)

    def work() -> object:
        sys.stdout.write(f"{made.message_id}\n")  # in one piece: the other thread says its own
        sys.stdout.flush()
        return desk.certificates.verify_use_code(made, NOODLE_SHOP.use_code, PURPOSE)

    about = CallAbout(purpose=PURPOSE, mode=AuthorisationMode.CODE)
    journaled(desk, made, "verify_use_code", "LICENCE", work, about)


def main(store: str, url: str, case_id: str) -> None:
    """Call twice at once and wait for answers that never come."""
    opened = Store.open(
        Path(store), key=KEY, now=Clock(), station=STATION, room=Room(ballast_bytes=0)
    )
    clerk = next(one for one in practice_accounts() if Role.WINDOW_CLERK in one.roles)
    session = Session(
        account=clerk, counter_code=STATION, counter_name=STATION, signed_in_at=Clock()()
    )
    desk = desk_of(opened, url)
    calls = [Thread(target=call, args=(desk, session, UUID(case_id))) for _ in range(2)]
    for one in calls:
        one.start()
    for one in calls:
        one.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
