"""Which room may know which, and which libraries: the table of the README, enforced."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.source_code import SHIPPED, Module, modules


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the modules below one name may import: of ours, and of other people's."""

    ours: frozenset[str]
    others: frozenset[str]


def _room(ours: str = "", others: str = "") -> Room:
    return Room(ours=frozenset((VALUES, *ours.split())), others=frozenset(others.split()))


DOMAIN = "clerk.domain"
VALUES = "clerk.values"  # what every room's values are made of
REMOTE = "cryptography lxml requests typing_extensions zeep"
PRACTICE = f"asn1crypto fontTools PIL pyhanko {REMOTE}"

# The longest name that fits counts. Every room may import itself. An issue that needs another
# library adds it here, with its reason in the commit.
ROOMS = {
    VALUES: _room(others="msgspec"),
    "clerk.domain": _room(),
    "clerk.storage": _room(
        DOMAIN, "alembic argon2 cryptography psycopg sqlalchemy sqlcipher3 typing_extensions"
    ),
    "clerk.documents": _room(
        f"{DOMAIN} clerk.assets clerk.child clerk.wording clerk.wording_approval clerk.wording_care "
        "clerk.wording_advice clerk.wording_cases clerk.wording_checks clerk.wording_day "
        "clerk.wording_ledger clerk.wording_letters clerk.wording_numbers clerk.wording_proof "
        "clerk.wording_results",
        "docx fontTools jinja2 lxml markupsafe openpyxl PIL pyhanko pypdfium2 segno typing_extensions "
        "weasyprint",
    ),
    "clerk.services": _room(
        f"{DOMAIN} clerk.documents clerk.storage", "sqlalchemy typing_extensions"
    ),
    "clerk.ui": _room(
        f"{DOMAIN} clerk.assets clerk.jobs clerk.wording clerk.wording_approval clerk.wording_cases clerk.wording_course "
        "clerk.wording_advice clerk.wording_care clerk.wording_checks clerk.wording_day clerk.wording_deferral "
        "clerk.wording_proof clerk.wording_reuse clerk.wording_shared clerk.wording_situation "
        "clerk.wording_difference clerk.wording_ledger clerk.wording_lint clerk.wording_numbers clerk.wording_recheck "
        "clerk.wording_certificates clerk.wording_samples "
        "clerk.wording_events clerk.wording_results clerk.wording_rules clerk.wording_sheet "
        "clerk.wording_letters clerk.wording_standard",
        "PyQt6 typing_extensions",
    ),
    "clerk.jobs": _room(DOMAIN, "PyQt6 typing_extensions"),
    "clerk.assets": _room(DOMAIN),
    "clerk.child": _room("clerk.assets"),
    "clerk.wording": _room(DOMAIN),
    "clerk.wording_rules": _room(f"{DOMAIN} clerk.wording clerk.wording_shared"),
    "clerk.wording_sheet": _room(f"{DOMAIN} clerk.wording_standard"),
    "clerk.wording_standard": _room(f"{DOMAIN} clerk.wording clerk.wording_shared"),
    "clerk.wording_recheck": _room(DOMAIN),
    "clerk.wording_ledger": _room(f"{DOMAIN} clerk.wording_shared"),
    "clerk.wording_proof": _room(
        f"{DOMAIN} clerk.wording clerk.wording_reuse clerk.wording_shared"
    ),
    "clerk.wording_numbers": _room(DOMAIN),
    "clerk.wording_samples": _room(f"{DOMAIN} clerk.wording_recheck"),
    "clerk.wording_letters": _room(DOMAIN),
    "clerk.wording_lint": _room(DOMAIN),
    "clerk.wording_difference": _room(
        f"{DOMAIN} clerk.wording clerk.wording_rules clerk.wording_standard"
    ),
    "clerk.wording_approval": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_care": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_checks": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_certificates": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_advice": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_shared": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_reuse": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_situation": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_cases": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_course": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_events": _room(
        f"{DOMAIN} clerk.wording clerk.wording_approval clerk.wording_care clerk.wording_cases "
        "clerk.wording_certificates clerk.wording_checks clerk.wording_course "
        "clerk.wording_deferral clerk.wording_results clerk.wording_reuse clerk.wording_shared"
    ),
    "clerk.wording_day": _room(
        f"{DOMAIN} clerk.wording clerk.wording_course clerk.wording_numbers clerk.wording_results"
    ),
    "clerk.wording_deferral": _room(f"{DOMAIN} clerk.wording"),
    "clerk.wording_results": _room(f"{DOMAIN} clerk.wording"),
    "clerk.settings": _room(DOMAIN),
    "clerk.input_method": _room("", "PyQt6"),
    "integrations.soap": _room(f"{DOMAIN} clerk.assets clerk.child", REMOTE),
    "integrations.certificates": _room(f"{DOMAIN} clerk.assets integrations.soap", REMOTE),
    "integrations.certificate_files": _room(
        f"{DOMAIN} clerk.assets clerk.child",
        "asn1crypto cryptography fontTools lxml PIL pyhanko pyhanko_certvalidator pypdfium2 "
        "typing_extensions",
    ),
    "integrations.seals": _room(
        f"{DOMAIN} clerk.assets clerk.child",
        "asn1crypto cryptography fontTools pyhanko typing_extensions",
    ),
    "integrations.back_office": _room(f"{DOMAIN} clerk.assets integrations.soap", REMOTE),
    "integrations.credit": _room(f"{DOMAIN} clerk.assets integrations.soap", REMOTE),
    "integrations.shared_data": _room(f"{DOMAIN} clerk.assets integrations.soap", REMOTE),
    "integrations.messages": _room(f"{DOMAIN} clerk.assets integrations.soap", REMOTE),
    "integrations.platform": _room(f"{DOMAIN} clerk.assets integrations.soap", REMOTE),
    "integrations.courier": _room(f"{DOMAIN} clerk.assets integrations.soap", REMOTE),
    "integrations.devices": _room(f"{DOMAIN} clerk.assets", "typing_extensions usb"),
    "integrations.credentials": _room(DOMAIN, "argon2 cryptography keyring typing_extensions"),
    "integrations.practice": _room(
        f"{DOMAIN} clerk.assets integrations.certificate_files integrations.soap", PRACTICE
    ),
}

# These wire the rooms together: the program, its self-check, its tour.
WIRING = frozenset({"clerk", "clerk.__main__", "clerk.app", "clerk.selfcheck", "clerk.tour"})

# What must not be loaded before the first paint of the window.
HEAVY = frozenset(
    {
        "alembic",
        "argon2",
        "asn1crypto",
        "cryptography",
        "docx",
        "fontTools",
        "jinja2",
        "keyring",
        "lxml",
        "PIL",
        "psycopg",
        "pyhanko",
        "pypdfium2",
        "pypinyin",
        "requests",
        "segno",
        "sqlalchemy",
        "sqlcipher3",
        "usb",
        "weasyprint",
        "zeep",
    }
)
# Every module of these rooms, and the start itself; clerk.app loads its other modules later.
START = ("clerk.__main__", "clerk.app")
LIGHT = (
    "clerk.assets",
    "clerk.domain",
    "clerk.input_method",
    "clerk.jobs",
    "clerk.settings",
    "clerk.ui",
    "clerk.wording",
    "clerk.wording_approval",
    "clerk.wording_care",
    "clerk.wording_cases",
    "clerk.wording_certificates",
    "clerk.wording_checks",
    "clerk.wording_advice",
    "clerk.wording_reuse",
    "clerk.wording_proof",
    "clerk.wording_shared",
    "clerk.wording_course",
    "clerk.wording_day",
    "clerk.wording_deferral",
    "clerk.wording_events",
    "clerk.wording_numbers",
    "clerk.wording_results",
    "clerk.wording_rules",
    "clerk.wording_sheet",
    "clerk.wording_situation",
)


def _below(name: str, top: str) -> bool:
    return name == top or name.startswith(f"{top}.")


def _room_of(module: str) -> str | None:
    fitting = [room for room in ROOMS if _below(module, room)]
    return max(fitting, key=len, default=None)


def _is_wiring(module: str) -> bool:
    return module in WIRING or any(_below(module, top) for top in ("clerk.app", "clerk.tour"))


def _offences(module: Module, room_name: str) -> Iterator[str]:
    room = ROOMS[room_name]
    for imported in dict.fromkeys(module.imports()):
        top = imported.partition(".")[0]
        if top in SHIPPED:
            known = any(_below(imported, ours) for ours in room.ours | {room_name})
            if not known and not any(_below(ours, imported) for ours in room.ours | {room_name}):
                yield f"{module.name} imports {imported}"
        elif top not in sys.stdlib_module_names and top not in room.others:
            yield f"{module.name} imports {imported}"


def test_every_module_lies_in_a_room():
    homeless = [
        module.name
        for module in modules(*SHIPPED)
        if _room_of(module.name) is None
        and not _is_wiring(module.name)
        and module.name != "integrations"
    ]

    assert homeless == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_its_line_allows(room):
    """The message names the two modules."""
    found = [
        offence
        for module in modules(*SHIPPED)
        if _room_of(module.name) == room
        for offence in _offences(module, room)
    ]

    assert found == [], "\n" + "\n".join(found)


def test_nothing_heavy_is_loaded_before_the_first_paint():
    """Followed through our own modules; the message is the chain of imports."""
    by_name = {module.name: module for module in modules(*SHIPPED)}
    chains = [
        [name] for name in by_name if name in START or any(_below(name, top) for top in LIGHT)
    ]
    seen = {chain[-1] for chain in chains}
    found = []
    while chains:
        chain = chains.pop()
        for imported in by_name[chain[-1]].imports(when_loaded=True):
            if imported in HEAVY:
                found.append(" -> ".join([*chain, imported]))
            elif imported in by_name and imported not in seen:
                seen.add(imported)
                chains.append([*chain, imported])

    assert found == [], "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("room", "source", "offences"),
    [
        ("clerk.domain", "import sqlalchemy", ["x imports sqlalchemy"]),
        ("clerk.domain", "from decimal import Decimal", []),
        (
            "clerk.storage",
            "def f():\n    from clerk.services import desk",
            ["x imports clerk.services", "x imports clerk.services.desk"],
        ),
        ("clerk.ui", "from clerk import assets, storage", ["x imports clerk.storage"]),
        ("clerk.ui", "from clerk.ui.widgets.label import Label", []),
        ("integrations.devices", "import integrations.soap", ["x imports integrations.soap"]),
    ],
)
def test_the_table_catches_a_forbidden_import(room, source, offences):
    """The guard itself: it would be worth nothing if it never fired."""
    import ast
    from pathlib import Path

    module = Module(name="x", path=Path("x.py"), tree=ast.parse(source))

    assert list(_offences(module, room)) == offences
