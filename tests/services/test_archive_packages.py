"""The package of an archived case, verified where nothing of ours is, whole or spoilt."""

import hashlib
import json
import re
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from clerk.documents import archive_verify
from clerk.domain.case import CaseEvent, CaseEventKind, CaseState
from clerk.domain.identity import Role
from clerk.domain.papers_due import papers_of_acts
from clerk.services import archiving
from clerk.storage import journal
from clerk.storage.digest import sm3
from tests.services.closed_cases import REASON, verified, withdrawn
from tests.services.window import STATION, Window, opened
from tests.ui.case_values import NOW, case_of, line


@dataclass(kw_only=True)
class Original:
    """The one package that the tests below copy, and the window it was made at."""

    window: Window
    archived: archiving.Archived


@pytest.fixture(scope="module")
def original(tmp_path_factory, empty, peers, press, catalogue, calendar) -> Iterator[Original]:
    """Make it once: a case with letter, certificate and scans, withdrawn an hour later."""
    with opened(
        tmp_path_factory.mktemp("store"), empty, peers, press, catalogue, calendar
    ) as window:
        window.lease()
        case = withdrawn(window)
        archived = archiving.archive_case(
            window.desk,
            window.session(Role.SUPERVISOR),
            case.case_id,
            tmp_path_factory.mktemp("packages"),
            REASON,
        )
        yield Original(window=window, archived=archived)


@pytest.fixture
def packed(original, tmp_path):
    """A copy of the package, to be looked at or spoilt."""
    folder = tmp_path / original.archived.folder.name
    shutil.copytree(original.archived.folder, folder)
    return replace(original.archived, folder=folder)


def sealed_again(folder: Path) -> None:
    """Give everything as it is now new digests, as a forger would."""
    index = json.loads((folder / "index.json").read_bytes())
    for entry in index["files"]:
        content = (folder / entry["path"]).read_bytes()
        entry["size_bytes"] = len(content)
        entry["sha256"] = hashlib.sha256(content).hexdigest()
        entry["sm3"] = sm3(content)
    text = json.dumps(index, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    (folder / "index.json").write_bytes(text)
    (folder / "manifest.txt").write_text(
        f"sm3 {sm3(text)}\nsha256 {hashlib.sha256(text).hexdigest()}\n", encoding="utf-8"
    )


def edited(folder: Path, name: str, change) -> None:
    content = json.loads((folder / name).read_bytes())
    change(content)
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (folder / name).write_text(text, encoding="utf-8")


def test_a_package_is_whole_on_a_machine_that_has_nothing_of_ours(packed, tmp_path):
    said = verified(packed.folder, machine=tmp_path / "empty")

    assert (said.returncode, said.stderr) == (0, "")
    assert "归档包完整，没有发现改动" in said.stdout
    assert packed.digest in said.stdout


def test_the_package_holds_papers_materials_certificates_and_the_whole_course(packed):
    here = {path.relative_to(packed.folder).as_posix() for path in packed.folder.rglob("*.*")}

    assert {"index.json", "manifest.txt", "verify.py", "cover.pdf", "case.json"} <= here
    assert {"events.json", "journal.json", "review.json"} <= here
    assert {"papers/01-acceptance.pdf", "papers/02-receipt.pdf"} <= here or {
        "papers/01-receipt.pdf",
        "papers/02-acceptance.pdf",
    } <= here
    assert "certificates/LICENCE.json" in here
    assert any(name.endswith("commitment.docx") for name in here)
    assert any(name.startswith("materials/LAYOUT") for name in here)


def test_every_name_is_one_that_windows_takes(packed):
    for path in packed.folder.rglob("*"):
        name = path.relative_to(packed.folder).as_posix()
        assert name.isascii()
        assert not set(name) & set('<>:"\\|?* ')
        assert len(name) < 120


def _changed_byte(folder: Path) -> None:
    file = next((folder / "papers").glob("*.pdf"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(bytes(content))


def _same_length_elsewhere(folder: Path) -> None:
    text = (folder / "case.json").read_text(encoding="utf-8")
    (folder / "case.json").write_text(text.replace("不办了", "照常办"), encoding="utf-8")


FAULTS = {
    "SHA-256 不符": _changed_byte,
    "没有了": lambda folder: next((folder / "materials").glob("*")).unlink(),
    "不在目录里": lambda folder: (folder / "materials" / "extra.txt").write_text("x"),
    "events.json 的": lambda folder: edited(folder, "events.json", lambda all_: all_.pop()),
    "case.json 的": _same_length_elsewhere,
    "目录被改过": lambda folder: edited(folder, "index.json", lambda index: index["files"].pop()),
    "日志有": lambda folder: edited(folder, "journal.json", lambda all_: all_["lines"].pop(1)),
}


@pytest.mark.parametrize("finding", FAULTS)
def test_a_planted_fault_is_found_on_the_empty_machine(packed, tmp_path, finding):
    FAULTS[finding](packed.folder)

    said = verified(packed.folder, machine=tmp_path / "empty")

    assert said.returncode == 1
    assert finding in said.stdout


def _swapped(events) -> None:
    events[-1], events[0] = events[0], events[-1]


def _both_swapped(folder: Path) -> None:
    edited(folder, "events.json", _swapped)
    edited(folder, "case.json", lambda case: _swapped(case["events"]))


def _paper_gone(folder: Path) -> None:
    index = json.loads((folder / "index.json").read_bytes())
    (gone,) = [entry for entry in index["files"] if entry["paper"] == "acceptance"]
    (folder / gone["path"]).unlink()
    edited(
        folder,
        "index.json",
        lambda all_: all_["files"].remove(gone),
    )


def _other_account(journal_) -> None:
    journal_["lines"][0]["account_id"] = "somebody"


def _paper_of_an_act_gone(folder: Path) -> None:
    def extended(events) -> None:
        events.append({**events[-1], "kind": "extended", "detail": DOCUMENT})

    edited(folder, "events.json", extended)
    edited(folder, "case.json", lambda case: extended(case["events"]))


def _paper_of_the_next_number_gone(folder: Path) -> None:
    void = {"void": DOCUMENT["document"], "number": "示审食延〔2026〕2 号", "reason": "写花了"}

    def renumbered(events) -> None:
        events.append({**events[-1], "kind": "number_voided", "detail": void})

    _paper_of_an_act_gone(folder)
    edited(folder, "events.json", renumbered)
    edited(folder, "case.json", lambda case: renumbered(case["events"]))


DOCUMENT = {"document": "示审食延〔2026〕1 号"}
FORGERIES = {
    "没有文书 extension_notice 示审食延〔2026〕2 号": _paper_of_the_next_number_gone,
    "没有文书 extension_notice 示审食延〔2026〕1 号": _paper_of_an_act_gone,
    "排在更晚的一步后面": _both_swapped,
    "和 case.json 里的经过不一致": lambda folder: edited(
        folder, "events.json", lambda all_: all_.pop()
    ),
    "没有对应的文书": _paper_gone,
    "链码不符": lambda folder: edited(folder, "journal.json", _other_account),
    "日志有": lambda folder: edited(folder, "journal.json", lambda all_: all_["lines"].pop(1)),
}


@pytest.mark.parametrize("finding", FORGERIES)
def test_even_with_new_digests_what_does_not_fit_together_is_found(packed, tmp_path, finding):
    FORGERIES[finding](packed.folder)
    sealed_again(packed.folder)

    said = verified(packed.folder, machine=tmp_path / "empty")

    assert said.returncode == 1
    assert finding in said.stdout


def test_a_package_packed_anew_is_not_the_one_in_the_journal(packed, tmp_path):
    edited(packed.folder, "review.json", lambda told: told.update(reason="别的"))
    sealed_again(packed.folder)

    alone = verified(packed.folder, machine=tmp_path / "empty")
    said = verified(packed.folder, "--digest", packed.digest, machine=tmp_path / "empty")

    assert alone.returncode == 0
    assert said.returncode == 1
    assert "不是当时归档的那一份" in said.stdout


def test_every_line_is_found_at_its_place_in_the_offices_chain(original, packed, tmp_path):
    export = tmp_path / "journal.jsonl"
    lines = original.window.read(lambda tx: list(journal.export(tx, STATION)))
    export.write_text("\n".join(lines) + "\n", encoding="utf-8")

    whole = verified(packed.folder, "--journal", str(export), machine=tmp_path / "empty")
    export.write_text("\n".join(lines[:3] + lines[4:]) + "\n", encoding="utf-8")
    cut = verified(packed.folder, "--journal", str(export), machine=tmp_path / "empty")

    assert whole.returncode == 0, whole.stdout
    assert cut.returncode == 1
    assert "行断了" in cut.stdout


def test_what_is_no_package_is_said_in_one_line(packed, tmp_path):
    (packed.folder / "index.json").write_text("[]", encoding="utf-8")

    said = verified(packed.folder, machine=tmp_path / "empty")

    assert said.returncode == 2
    assert said.stderr.count("\n") == 1


def test_archiving_is_an_event_and_a_line_of_the_journal_and_takes_nothing_away(original, packed):
    window = original.window
    event = packed.case.events[-1]
    line = window.lines()[-1]

    assert (event.kind, event.detail["digest"]) == (CaseEventKind.ARCHIVED, packed.digest)
    assert (line.act, json.loads(line.detail)["digest"]) == ("case.archived", packed.digest)
    assert packed.case.state is CaseState.WITHDRAWN
    assert window.stored(packed.case).evidence == packed.case.evidence


def test_the_cover_is_an_archive_pdf_with_its_fonts_and_colours_inside(packed):
    """ISO 19005-2: part and level in the metadata, an output intent, every font embedded."""
    content = (packed.folder / "cover.pdf").read_bytes()
    metadata, objects = _streams(content)

    text = PdfDocument(content)[0].get_textpage().get_text_bounded()

    assert 'pdfaid:part="2" pdfaid:conformance="B"' in metadata
    assert "/S /GTS_PDFA1" in objects
    assert objects.count("/FontDescriptor/") == objects.count("/FontFile") > 0
    assert "/Encrypt" not in objects
    assert "政务服务办件档案" in text
    assert packed.case.label in text
    assert "保管期限" in text


def _streams(pdf: bytes) -> tuple[str, str]:
    """Return the XMP metadata and the compressed objects of a PDF as text."""
    found = {b"/Type /Metadata": "", b"/Type /ObjStm": ""}
    for head, body in re.findall(rb"<<([^>]*)>>\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        for kind in found:
            if kind in head:
                found[kind] += zlib.decompressobj().decompress(body).decode("utf-8", "replace")
    return found[b"/Type /Metadata"], found[b"/Type /ObjStm"]


def test_the_verifier_knows_the_paper_of_every_act():
    """Its own table, which imports nothing of ours, says the same as ours of each kind of event."""
    ours: dict[str, str] = {}
    for each in CaseEventKind:
        said = {**DOCUMENT, "void": "1 号", "number": "2 号"}
        told = CaseEvent(kind=each, at=NOW, actor="zhou", actor_name="周模拟", detail=said)
        for owed in papers_of_acts(replace(case_of(line(0)), events=(told,))):
            ours[each.value] = owed.kind.value

    assert ours == archive_verify.NUMBERED_PAPER_OF
