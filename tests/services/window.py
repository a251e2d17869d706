"""A window of the practice hall with everything the use cases need, and what its peers saw of it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from clerk.app.edges import uuid7
from clerk.app.opening import read_kind_laws
from clerk.app.practice_accounts import practice_accounts
from clerk.documents.press import Press
from clerk.domain.case import Case
from clerk.domain.checking import check_case
from clerk.domain.deadlines import WorkCalendar
from clerk.domain.findings import Verdict
from clerk.domain.hand_off import Message, Peer
from clerk.domain.identity import Account, Role, Session
from clerk.domain.prefill import prefilled
from clerk.domain.standard import ItemStandard
from clerk.services import hand_off, numbers
from clerk.services.desk import Desk
from clerk.services.records import keep_case
from clerk.settings import PRACTICE_COUNTER
from clerk.storage import cases, inbox, outbox
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from clerk.storage.tables import journal
from integrations.back_office.soap import SoapBackOffice
from integrations.certificates.soap_typed import SoapCertificateLibrary
from integrations.courier.soap import SoapCourier
from integrations.credit.soap import SoapCreditSource
from integrations.devices.simulated.reader import SimulatedReader
from integrations.devices.simulated.scanner import SimulatedScanner
from integrations.devices.usb_reader import UsbCardReader
from integrations.messages.soap import SoapMessages
from integrations.platform.soap import SoapPlatform
from integrations.practice.province import PracticeProvince
from integrations.shared_data.soap import SoapSharedData
from integrations.soap.call_traces import CallTraces
from integrations.soap.profile import PeerProfile
from tests.integrations.library_calls import CERTIFICATE_FILES, SCRIBE
from tests.integrations.practice_peer import RunningPeer

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
STATION = PRACTICE_COUNTER.code
KEY = bytes(range(32))


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def goes_on(self, **amount: float) -> None:
        self.at += timedelta(**amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """The clients of the practice province; they live as long as the province does.

    ``read_to`` holds how far the last window read the department's events: each window of a run
    would read again what all before it left behind.
    """

    province: PracticeProvince
    library: SoapCertificateLibrary
    back_office: SoapBackOffice
    platform: SoapPlatform
    courier: SoapCourier
    credit: SoapCreditSource
    messages: SoapMessages
    shared: SoapSharedData
    traces: CallTraces
    read_to: list[str] = field(default_factory=lambda: [""])

    @classmethod
    def of(cls, province: PracticeProvince, new_id: Callable[[], Any]) -> "Peers":
        urls, traces = province.urls, CallTraces()
        return cls(
            province=province,
            traces=traces,
            library=SoapCertificateLibrary(
                profile("省证照库", urls["certlib"]), SCRIBE, new_id=new_id, traces=traces
            ),
            back_office=SoapBackOffice(profile("部门系统", urls["back_office"]), SCRIBE),
            platform=SoapPlatform(profile("一窗式平台", urls["platform"]), SCRIBE),
            courier=SoapCourier(lambda: profile("快递", province.start("courier")), SCRIBE),
            credit=SoapCreditSource(lambda: profile("信用平台", province.start("credit")), SCRIBE),
            messages=SoapMessages(lambda: profile("短信平台", province.start("messages")), SCRIBE),
            shared=SoapSharedData(
                lambda: profile("共享数据", province.start("shared_data")), SCRIBE
            ),
        )

    def close(self) -> None:
        for peer in (
            self.library,
            self.back_office,
            self.platform,
            self.courier,
            self.credit,
            self.messages,
            self.shared,
        ):
            peer.close()


def profile(name: str, url: str) -> PeerProfile:
    """A peer on the loopback that is asked once and not for long."""
    return PeerProfile(
        name=name,
        endpoint=url,
        allowed_hosts=frozenset({"127.0.0.1"}),
        client_system="window-clerk",
        org_code=PRACTICE_COUNTER.org_code,
        attempt_seconds=10.0,
        retry_waits_seconds=(),
    )


class Window:
    """What a test does at the window and what it sees there."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        province: PracticeProvince,
        catalogue: Mapping[str, ItemStandard],
        reader: SimulatedReader,
        scanner: SimulatedScanner,
    ) -> None:
        self.desk = desk
        self.clock = clock
        self.province = province
        self.reader = reader
        self.scanner = scanner
        self.catalogue = catalogue
        self.people = practice_accounts()
        self._accounts = {
            role: account for account in reversed(self.people) for role in account.roles
        }
        self._heard_before = {peer: self.peer(peer).heard() for peer in province.urls}

    def session(self, role: Role = Role.WINDOW_CLERK, account: Account | None = None) -> Session:
        return Session(
            account=account or self._accounts[role],
            counter_code=self.desk.counter.code,
            counter_name=self.desk.counter.name,
            signed_in_at=self.clock(),
        )

    @property
    def clerk(self) -> Session:
        return self.session()

    @property
    def chief(self) -> Session:
        return self.session(Role.CHIEF_REPRESENTATIVE)

    @property
    def deputy(self) -> Session:
        return self.session(account=next(one for one in self.people if one.account_id == "qian"))

    def proved(self, who: Session) -> Session:
        """The same person, who has just typed his PIN."""
        self.desk.leases.give(who, self.clock())
        return who

    def prefill(self, case: Case) -> Case:
        return prefilled(self.catalogue[case.item_code], case, self.clock(), self.desk.calendar)

    def check(self, case: Case) -> Verdict:
        standard = self.catalogue[case.item_code]
        return check_case(
            standard, case, self.desk.counter.code, self.desk.today(), self.desk.calendar
        )

    def stored(self, case: Case) -> Case:
        """The case as it lies in the store now."""
        with self.desk.store.read() as tx:
            return cases.load(tx, case.case_id)

    def put(self, case: Case) -> Case:
        """Keep a case as somebody else would have left it."""
        with self.desk.store.begin() as tx:
            return keep_case(tx, case)

    def read(self, question: Callable[[Connection], Any]) -> Any:
        with self.desk.store.read() as tx:
            return question(tx)

    def messages(self, case: Case) -> list[outbox.Entry]:
        with self.desk.store.read() as tx:
            return outbox.of_case(tx, case.case_id)

    def waiting(self, case: Case) -> list[Message]:
        return [
            entry.message
            for entry in self.messages(case)
            if entry.state is not outbox.SendState.DELIVERED
        ]

    def deliver(self) -> int:
        """Send everything that may be sent, one message of a case after the other."""
        taken = 0
        while sent := hand_off.deliver(self.desk, self.clerk):
            taken += sent
        return taken

    def lease(self) -> bool:
        return numbers.lease_numbers(self.desk, self.clerk)

    def lines(self) -> list[Any]:
        """The journal, oldest line first."""
        with self.desk.store.read() as tx:
            return _journal_lines(tx)

    def peer(self, name: str) -> RunningPeer:
        return RunningPeer(self.province.start(name))

    def heard(self, name: str) -> list[dict[str, Any]]:
        """What a peer heard since this window was opened, pings apart."""
        return self.peer(name).log(self._heard_before.get(name, 0))

    @contextmanager
    def trouble(self, name: str, fault: str, operation: str = "") -> Iterator[None]:
        """Let a peer fail on every message, or every one of an operation, until the block ends."""
        peer = self.peer(name)
        peer.control({"fault": fault, "operation": operation, "count": 1000})
        try:
            yield
        finally:
            peer.control({"fault": "none"})


def _journal_lines(tx: Connection) -> list[Any]:
    return list(tx.execute(select(journal).order_by(journal.c.sequence)))


def with_press(window: Window, press: Press) -> Desk:
    """The same desk with another press."""
    return replace(window.desk, press=press)


def made(folder: Path) -> Path:
    """Make an empty store and return its file, to be copied: migrating costs more than the test."""
    Store.open(
        folder / "clerk.db", key=KEY, now=Clock(), station=STATION, room=Room(ballast_bytes=0)
    ).close()
    return folder / "clerk.db"


@contextmanager
def opened(
    folder: Path,
    empty: Path,
    peers: Peers,
    press: Press,
    catalogue: Mapping[str, ItemStandard],
    calendar: WorkCalendar,
) -> Iterator[Window]:
    """A window over a store of its own."""
    clock = Clock()
    reader, scanner = SimulatedReader(), SimulatedScanner()

    def standard(item_code: str, version: int) -> ItemStandard:
        found = catalogue[item_code]
        assert found.version == version
        return found

    with ExitStack() as held:
        shutil.copy(empty, folder / "clerk.db")
        store = Store.open(
            folder / "clerk.db", key=KEY, now=clock, station=STATION, room=Room(ballast_bytes=0)
        )
        held.callback(store.close)
        desk = Desk(
            store=store,
            station=STATION,
            counter=PRACTICE_COUNTER,
            calendar=calendar,
            kind_laws=read_kind_laws(),
            standard=standard,
            now=clock,
            new_id=uuid7,
            press=press,
            card_reader=UsbCardReader(backend=reader.backend),
            scanner=scanner,
            certificates=peers.library,
            certificate_files=CERTIFICATE_FILES,
            back_office=peers.back_office,
            platform=peers.platform,
            courier=peers.courier,
            credit=peers.credit,
            shared_data=peers.shared,
            messages=peers.messages,
            call_traces=peers.traces,
        )
        window = Window(desk, clock, peers.province, catalogue, reader, scanner)
        with store.begin() as tx:
            inbox.move_cursor(tx, Peer.BACK_OFFICE, peers.read_to[-1], clock())
        hand_off.take_over_events(desk, window.clerk)  # what other windows' cases left behind
        with store.read() as tx:
            peers.read_to.append(inbox.cursor(tx, Peer.BACK_OFFICE))
        yield window
