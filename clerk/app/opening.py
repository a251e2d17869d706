"""Opens a counter behind the sign-in page: store, standards, adapters, practice province.

Imported in a worker after the first paint, since everything heavy hangs on it.
"""

import secrets
import time
import tomllib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from clerk import assets
from clerk.app.calendars import read_calendar
from clerk.app.catalogue_at_hand import CatalogueAtHand
from clerk.app.certificate_files import open_certificate_files
from clerk.app.certificate_library import certificate_library
from clerk.app.children import Children
from clerk.app.library_profiles import library_profiles
from clerk.app.mandates import lay_down, read_mandates
from clerk.app.practice_accounts import practice_accounts
from clerk.app.printers import machine_printers, practice_printers
from clerk.app.starter import publish_starter
from clerk.domain.errors import BadInput
from clerk.domain.identity import Account, Session
from clerk.domain.kind_law import KindLaw, kind_laws_from
from clerk.domain.pin import PRACTICE_PIN, PinState
from clerk.domain.pinyin import Initials
from clerk.domain.sounds import Sounds
from clerk.domain.standard import LawKind
from clerk.domain.state_codes import StateCodeSet, state_code_sets_from
from clerk.services.call_settling import note_open_calls
from clerk.services.desk import Desk
from clerk.services.pin_lease import set_pin
from clerk.services.ports import CardReader, Scanner
from clerk.services.sign_in import sign_in
from clerk.services.standards_at_hand import StandardsAtHand
from clerk.settings import Settings
from clerk.storage import accounts, keyfile, pins
from clerk.storage.engine import Store
from clerk.storage.guards import Room
from clerk.ui.documents_printer import FollowedPrinters
from clerk.values import dataclass, replace
from integrations.back_office.soap import SoapBackOffice
from integrations.certificates.libraries import PRACTICE_PEERS
from integrations.courier.soap import SoapCourier
from integrations.credit.soap import SoapCreditSource
from integrations.devices.absent import AbsentScanner
from integrations.devices.folder_scanner import FolderScanner
from integrations.devices.simulated.printer import SimulatedPrinters
from integrations.devices.simulated.reader import SimulatedReader
from integrations.devices.simulated.scanner import SimulatedScanner
from integrations.devices.usb_reader import UsbCardReader
from integrations.messages.soap import SoapMessages
from integrations.platform.soap import SoapPlatform
from integrations.practice.province import PracticeProvince
from integrations.shared_data.soap import SoapSharedData
from integrations.soap.call_traces import CallTraces
from integrations.soap.profile import PeerProfile
from integrations.soap.scribe import Scribe

PRACTICE_HOLDER = "practice"
CLIENT_SYSTEM = "window-clerk"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeTools:
    """What a practice hall has on top: its province and its devices."""

    province: PracticeProvince
    reader: SimulatedReader
    scanner: SimulatedScanner
    printer: SimulatedPrinters


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounter:
    """An open counter; ``close`` ends everything it started, in the right order.

    ``refused_data`` are data files laid down for it that nobody trusted has signed; whose signature
    counts is told by ``data_keys``.
    """

    desk: Desk
    items: CatalogueAtHand
    people: tuple[Account, ...]
    idle_minutes: int
    sign_in: Callable[[str, str], Session]
    practice: PracticeTools | None
    close: Callable[[], None]
    set_pin: Callable[[Session, str, str], None]
    refused_data: tuple[BadInput, ...] = ()
    data_keys: tuple[str, ...] = ()

    @property
    def printers(self) -> FollowedPrinters | None:
        """The practice hall's own printers, or those of CUPS; None where Qt has to paint."""
        return self.practice.printer if self.practice is not None else machine_printers()


def open_practice(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    new_id: Callable[[], UUID],
    fixed: bool,
    children: Children | None = None,
) -> OpenCounter:
    """Open the practice hall; it is made on the first start.

    Args:
        settings: where it lies.
        now: the clock; ``fixed`` tells the peers to let theirs stand at the same instant.
        new_id: makes message and case ids.
        children: warm ones that outlive the hall; without them the hall has its own.

    Raises:
        StoreTrouble: the store cannot be used; nothing was changed.
    """
    with ExitStack() as held:
        initials = read_initials()
        store = _practice_store(settings, now, initials)
        held.callback(store.close)
        province = PracticeProvince(
            settings.folder / "province",
            now=now() if fixed else None,
            library=PRACTICE_PEERS[settings.library_shape],
        )
        held.callback(province.stop)
        province.start_all()
        publish_starter(store, now, practice=True)
        _make_accounts(store, practice_accounts(), keyfile.PRACTICE_PASSPHRASE)
        tools = PracticeTools(
            province=province,
            reader=SimulatedReader(),
            scanner=SimulatedScanner(),
            printer=practice_printers(settings.folder / "printed"),
        )
        return _opened(
            settings,
            store,
            held,
            now=now,
            new_id=new_id,
            endpoints=dict(province.urls),
            reader=UsbCardReader(backend=tools.reader.backend),
            scanner=tools.scanner,
            practice=tools,
            children=children,
        )


def open_counter(
    settings: Settings, key: bytes, *, now: Callable[[], datetime], new_id: Callable[[], UUID]
) -> OpenCounter:
    """Open a real counter with its data key.

    Raises:
        StoreTrouble: the store cannot be used; nothing was changed.
    """
    with ExitStack() as held:
        initials = read_initials()
        store = Store.open(
            settings.store,
            key=key,
            now=now,
            station=settings.counter.code,
            initials=initials.of,
        )
        held.callback(store.close)
        return _opened(
            settings,
            store,
            held,
            now=now,
            new_id=new_id,
            endpoints=dict(settings.endpoints),
            reader=UsbCardReader(),
            scanner=FolderScanner(folder) if (folder := settings.scan_folder) else AbsentScanner(),
            practice=None,
        )


def _opened(
    settings: Settings,
    store: Store,
    held: ExitStack,
    *,
    now: Callable[[], datetime],
    new_id: Callable[[], UUID],
    endpoints: dict[str, str],
    reader: CardReader,
    scanner: Scanner,
    practice: PracticeTools | None,
    children: Children | None = None,
) -> OpenCounter:
    if children is None:
        children = Children.of(practice=settings.counter.practice)
        held.callback(children.close)
    scribe = children.scribe
    scribe.start()
    traces = CallTraces()
    laid_out = library_profiles(settings, CLIENT_SYSTEM)
    profile = laid_out.chosen(_profile(settings, "省证照库", endpoints["certlib"]))
    library = certificate_library(settings, profile, scribe, new_id=new_id, traces=traces)
    back_office = SoapBackOffice(_profile(settings, "部门系统", endpoints["back_office"]), scribe)
    platform = SoapPlatform(_profile(settings, "一窗式平台", endpoints["platform"]), scribe)
    for peer in (library, back_office, platform):
        held.callback(peer.close)
    files = open_certificate_files(settings)
    held.callback(files.close)
    courier = _late(SoapCourier, "courier", "快递", settings, scribe, practice)
    credit = _late(SoapCreditSource, "credit", "信用平台", settings, scribe, practice)
    channel = _late(SoapMessages, "messages", "短信平台", settings, scribe, practice)
    shared = _late(SoapSharedData, "shared_data", "共享数据", settings, scribe, practice)
    for late in (courier, credit, channel, shared):
        if late is not None:
            held.callback(late.close)
    laid_down = read_mandates(settings.folder, settings.data_keys)
    if laid_down.held:
        with store.begin() as tx:
            lay_down(tx, laid_down.held)
    with store.read() as tx:
        people = tuple(accounts.every(tx))
    dated = read_calendar(settings.folder, settings.data_keys)
    desk = Desk(
        store=store,
        station=settings.counter.code,
        counter=settings.counter,
        calendar=dated.calendar,
        kind_laws=read_kind_laws(),
        state_codes=read_state_codes(),
        office=settings.office,
        profile=settings.profile,
        standard=StandardsAtHand(store),
        now=now,
        new_id=new_id,
        press=children.press,
        card_reader=reader,
        scanner=scanner,
        certificates=library,
        certificate_files=files,
        paper_seal=children.seals,
        back_office=back_office,
        platform=platform,
        courier=courier,
        credit=credit,
        messages=channel,
        shared_data=shared,
        call_traces=traces,
    )
    note_open_calls(desk)
    return OpenCounter(
        desk=desk,
        items=CatalogueAtHand(store, read_sounds(), settings.counter.code),
        people=people,
        idle_minutes=settings.idle_minutes,
        sign_in=partial(sign_in, desk, tick_seconds=_tick_seconds),
        practice=practice,
        refused_data=(*dated.refused, *laid_down.refused, *laid_out.refused),
        data_keys=settings.data_keys,
        set_pin=partial(set_pin, desk, tick_seconds=_tick_seconds),
        close=held.pop_all().close,
    )


Adapter = TypeVar("Adapter", SoapCourier, SoapCreditSource, SoapMessages, SoapSharedData)
_QUICK = frozenset({"credit", "shared_data"})


def _late(
    adapter: Callable[[Callable[[], PeerProfile], Scribe], Adapter],
    peer: str,
    name: str,
    settings: Settings,
    scribe: Scribe,
    practice: PracticeTools | None,
) -> Adapter | None:
    """Return a peer that is connected to at its first use; None where the counter has none."""
    endpoint = settings.endpoints.get(peer, "")
    if practice is None and not endpoint:
        return None
    profile = _quick if peer in _QUICK else _profile

    def connect() -> PeerProfile:
        return profile(settings, name, practice.province.start(peer) if practice else endpoint)

    return adapter(connect, scribe)


def _quick(settings: Settings, name: str, endpoint: str) -> PeerProfile:
    """Return the profile of a peer that is not waited for: no answer is an answer, too."""
    profile = _profile(settings, name, endpoint)
    return replace(profile, attempt_seconds=5.0, total_seconds=5.0, retry_waits_seconds=())


def read_kind_laws() -> Mapping[LawKind, KindLaw]:
    """Return what the law of each kind of item says of its clock."""
    names = assets.names("resources", "laws")
    return kind_laws_from(tomllib.loads(assets.read_text("resources", name)) for name in names)


def read_state_codes() -> tuple[StateCodeSet, ...]:
    """Return what other systems call the states of a case."""
    return state_code_sets_from(
        tomllib.loads(assets.read_text("resources", "codes/case_states.toml"))
    )


def read_sounds() -> Sounds:
    """Return how characters are read, for the search of items."""
    return Sounds.read(
        assets.read_text("resources", "pinyin/syllables.txt"),
        assets.read_text("resources", "pinyin/phrases.txt"),
    )


def read_initials() -> Initials:
    """Return the pinyin initials of every character in the table."""
    return Initials.read(
        assets.read_text("resources", "pinyin/initials.txt"),
        assets.read_text("resources", "pinyin/phrases.txt"),
    )


def _practice_store(settings: Settings, now: Callable[[], datetime], initials: Initials) -> Store:
    """Open the practice store; its key is wrapped by a word that everybody may know."""
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.key_file.exists():
        key = keyfile.unlock(settings.key_file, PRACTICE_HOLDER, keyfile.PRACTICE_PASSPHRASE)
    else:
        key = keyfile.create(
            settings.key_file,
            keyfile.StoreKind.PRACTICE,
            PRACTICE_HOLDER,
            keyfile.PRACTICE_PASSPHRASE,
            random=secrets.token_bytes,
        )
    return Store.open(
        settings.store,
        key=key,
        now=now,
        station=settings.counter.code,
        initials=initials.of,
        room=Room(ballast_bytes=0),
    )


def _make_accounts(store: Store, people: tuple[Account, ...], password: str) -> None:
    """Make the people that are not there yet; who decides has the practice hall's PIN.

    Everybody may know the password and all have the same: it is hashed once for all of them.
    """
    with store.begin() as tx:
        known = {account.account_id for account in accounts.every(tx)}
        new = any(person.account_id not in known for person in people)
        password_hash = accounts.hashed(password) if new else ""
        for person in people:
            if person.account_id not in known:
                accounts.add(tx, person, password_hash)
            elif person.mandates:
                accounts.change(tx, person)
            if person.mandates and pins.state_of(tx, person.account_id) is PinState.ABSENT:
                pins.keep(tx, person.account_id, PRACTICE_PIN)


def _profile(settings: Settings, name: str, endpoint: str) -> PeerProfile:
    return PeerProfile(
        name=name,
        endpoint=endpoint,
        allowed_hosts=frozenset({_host(endpoint)}),
        client_system=CLIENT_SYSTEM,
        org_code=settings.counter.org_code,
        ca_file=settings.ca_file,
    )


def _host(endpoint: str) -> str:
    host = urlsplit(endpoint).hostname
    if not host:
        raise BadInput(f"地址 {endpoint} 不对，没有连接。请系统管理员核对窗口设置")
    return host


def _tick_seconds() -> int:
    return int(time.monotonic())
