"""A bureau's own Word file becomes the letter that is signed, by two people; nothing signed changes."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from clerk import assets
from clerk.app.letter_template_wiring import lint_knowledge
from clerk.domain.errors import BadInput, NotAllowed, PaperTrouble
from clerk.domain.letter_faults import LetterFaultKind
from clerk.domain.letter_template import (
    CheckedLetter,
    LetterTemplate,
    TemplateFaulty,
    TemplateState,
)
from clerk.services import (
    letter_signing,
    letter_template_import,
    letter_template_use,
    letter_templates,
    papers,
)
from clerk.services.letter_templates import TemplateRef, for_letter
from clerk.services.package_taking import compare_package, keep_package
from clerk.services.standard_packing import pack_standards
from clerk.services.standard_unpacking import opened
from clerk.storage import letter_templates as kept
from clerk.storage import standard_drafts
from tests.services.catalogue_office import BENCH, Office, both_roles
from tests.services.noodle_shop import complete_on_paper, promised
from tests.services.window import Window

CODE = "place_use"
OWN_WORDS = "本文本由示例县行政审批服务局法制科审定"
TODAY = date(2026, 3, 18)
WHY = "换用本局审定的文本"


@pytest.fixture
def office(window: Window) -> Office:
    return Office.over(window)


@pytest.fixture
def word_file(tmp_path: Path) -> Callable[..., Path]:
    """Write the shipped letter as the bureau would change it in Word."""

    def write(change: Callable[[Document], object] | None = None, name: str = "本局.docx") -> Path:
        shipped = assets.read_bytes("templates", f"commitments/{CODE}.docx")
        document = docx.Document(io.BytesIO(shipped))
        document.add_paragraph(OWN_WORDS)
        if change is not None:
            change(document)
        path = tmp_path / name
        document.save(str(path))
        return path

    return write


def checked(office: Office, path: Path) -> CheckedLetter:
    """The file as the press's child found it."""
    found = letter_template_import.check_letter_file(
        office.desk, office.editor, str(path), True, 200, lambda _done, _of: True
    )
    assert found is not None
    return found[0]


def found_sound(path: Path) -> CheckedLetter:
    """The file as the check leaves one in which nothing is wrong."""
    content = path.read_bytes()
    return CheckedLetter(
        path=str(path),
        file_name=path.name,
        title="经营场所承诺书",
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        promises=True,
        faults=(),
        fields=(),
    )


def imported(office: Office, path: Path, code: str = CODE) -> LetterTemplate:
    return letter_template_import.take_letter_file(
        office.desk, office.editor, found_sound(path), code, "经营场所承诺书"
    )


def in_use(office: Office, path: Path, on: date = TODAY, code: str = CODE) -> LetterTemplate:
    """Imported and proposed by the editor, taken into use by a publisher."""
    one = imported(office, path, code).template_id
    letter_template_use.propose_template(office.desk, office.editor, one, on, WHY)
    return letter_template_use.use_template(office.desk, office.publisher, one)


def test_the_own_template_stands_before_the_shipped_one_from_its_day_on(office, word_file):
    shipped = for_letter(office.desk, CODE)

    own = in_use(office, word_file(), TODAY + timedelta(days=2))

    assert for_letter(office.desk, CODE) == shipped
    office.window.clock.goes_on(days=2)
    assert for_letter(office.desk, CODE).sha256 == own.sha256
    assert [act for act in office.acts() if act.startswith("letter_template")] == [
        "letter_template.imported",
        "letter_template.proposed",
        "letter_template.used",
    ]


def test_a_signed_letter_keeps_its_template_its_bytes_and_its_pages(office, word_file, read_text):
    """Years later, with the template retired, the stored file is what is printed again."""
    window = office.window
    own = in_use(office, word_file())
    case = promised(window, complete_on_paper(window), "PREMISES")
    letter = case.evidence["PREMISES"].letter
    assert letter is not None
    before = papers.file_pages(window.desk, window.clerk, letter.pdf, 200)

    letter_template_use.retire_template(office.desk, office.publisher, own.template_id, "文本有误")
    window.clock.goes_on(days=400)

    assert (letter.template, letter.template_sha256) == (f"{CODE} L1", own.sha256)
    with office.desk.store.read() as tx:
        assert OWN_WORDS in words(kept.content_of(tx, letter.template_sha256))
    assert papers.file_pages(window.desk, window.clerk, letter.pdf, 200) == before
    assert for_letter(office.desk, CODE).version == ""


def test_the_bytes_of_a_shipped_template_stay_with_the_letters_signed_from_it(office):
    window = office.window
    case = promised(window, complete_on_paper(window), "PREMISES")
    letter = case.evidence["PREMISES"].letter
    assert letter is not None

    with office.desk.store.read() as tx:
        held = kept.content_of(tx, letter.template_sha256)

    assert held == assets.read_bytes("templates", f"commitments/{CODE}.docx")


def words(content: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def test_nobody_takes_into_use_what_he_imported_or_proposed(office, word_file):
    alone = both_roles(office.editor)
    one = imported(office, word_file())
    letter_template_use.propose_template(office.desk, alone, one.template_id, TODAY, WHY)

    with pytest.raises(NotAllowed):
        letter_template_use.use_template(office.desk, alone, one.template_id)

    assert for_letter(office.desk, CODE).version == ""
    assert office.acts()[-1] == "letter_template.use_refused"


def test_what_is_sent_back_is_proposed_again_with_its_reason_read(office, word_file):
    one = imported(office, word_file()).template_id
    letter_template_use.propose_template(office.desk, office.editor, one, TODAY, WHY)

    back = letter_template_use.send_template_back(office.desk, office.publisher, one, "落款不对")
    again = letter_template_use.propose_template(
        office.desk, office.editor, one, TODAY, "落款已核对"
    )

    assert back.settled_reason == "落款不对"
    assert letter_template_use.withdraw_template(office.desk, office.editor, one) != again
    letter_template_use.drop_template(office.desk, office.editor, one)
    assert letter_templates.letter_shelf(office.desk, office.editor).own == ()


def test_a_new_version_ends_the_one_before_and_a_later_one_is_never_passed_over(office, word_file):
    first = in_use(office, word_file())
    second = in_use(office, word_file(lambda d: d.add_paragraph("二")), TODAY + timedelta(days=9))
    third = imported(office, word_file(lambda d: d.add_paragraph("三")))
    letter_template_use.propose_template(
        office.desk, office.editor, third.template_id, TODAY + timedelta(days=3), WHY
    )

    with pytest.raises(BadInput, match="第2版定于"):
        letter_template_use.use_template(office.desk, office.publisher, third.template_id)

    shelf = letter_templates.letter_shelf(office.desk, office.editor)
    by_version = {one.version: one for one in shelf.own}
    assert by_version[first.version].used_until == TODAY + timedelta(days=8)
    office.window.clock.goes_on(days=9)
    assert for_letter(office.desk, CODE).sha256 == second.sha256


def test_a_template_of_a_code_of_its_own_may_be_named_by_a_standard(office, word_file):
    assert "hukou" not in lint_knowledge(office.desk, office.editor).letters

    in_use(office, word_file(), code="hukou")

    assert {"hukou", CODE} <= lint_knowledge(office.desk, office.editor).letters


def test_an_own_template_goes_along_in_a_package_and_waits_for_its_two_people_there(
    office, other_window, word_file, tmp_path
):
    own = in_use(office, word_file())
    pack_standards(office.desk, office.editor, tmp_path / "p.zip", BENCH.kept, {}, {})
    there = Office.over(other_window)

    def take_in() -> int:
        with opened(tmp_path / "p.zip") as package:
            found = compare_package(
                there.desk, there.editor, package, "p.zip", {}, lambda *_: True, lambda *_: ()
            )
        assert found is not None
        assert found.differing == ()
        kept = keep_package(there.desk, there.editor, found, "标准包", lambda *_: True)
        found.close()
        assert kept is not None
        with there.desk.store.begin() as tx:
            list(standard_drafts.drop_batch(tx, "标准包"))
        return kept.letters

    taken, again = take_in(), take_in()

    (one,) = letter_templates.letter_shelf(there.desk, there.editor).own
    assert (taken, again) == (1, 0)
    assert (one.code, one.sha256, one.state) == (CODE, own.sha256, TemplateState.IMPORTED)
    assert for_letter(there.desk, CODE).version == ""


# ---- bad input -----------------------------------------------------------------------------


def bad_files(tmp_path: Path, good: bytes) -> dict[LetterFaultKind, bytes]:
    """Files that are no template, by what is said of them."""
    macro, bomb, link = io.BytesIO(), io.BytesIO(), docx.Document(io.BytesIO(good))
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(macro, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/vbaProject.bin", b"macro")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("word/document.xml", b" " * (30 << 20))
    link.part.relate_to("http://example.invalid/x.dotm", RELATIONSHIP_TYPE.HYPERLINK, True)
    link.save(str(tmp_path / "link.docx"))
    return {
        LetterFaultKind.OLD_WORD: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        LetterFaultKind.NO_DOCX: good[: len(good) // 2],
        LetterFaultKind.MACRO: macro.getvalue(),
        LetterFaultKind.TOO_LARGE: bomb.getvalue(),
        LetterFaultKind.OUTSIDE_LINK: (tmp_path / "link.docx").read_bytes(),
    }


def test_what_is_no_template_is_refused_with_what_is_wrong_and_nothing_is_kept(
    office, word_file, tmp_path
):
    """A renamed .doc, half a docx, a macro, a zip bomb, a link outside."""
    good = word_file()
    for kind, content in bad_files(tmp_path, good.read_bytes()).items():
        path = tmp_path / "坏.docx"
        path.write_bytes(content)

        found = checked(office, path)

        assert [one.kind for one in found.faults] == [kind]
        with pytest.raises(TemplateFaulty) as refused:
            letter_template_import.take_letter_file(office.desk, office.editor, found, CODE, "坏的")
        assert refused.value.faults == found.faults
    assert letter_templates.letter_shelf(office.desk, office.editor).own == ()


def test_a_sound_file_is_shown_filled_with_an_invented_case(office, word_file):
    looked = letter_template_import.check_letter_file(
        office.desk, office.editor, str(word_file()), True, 200, lambda _done, _of: True
    )

    assert looked is not None
    found, pages = looked
    assert found == replace(found_sound(Path(found.path)), title=found.title, fields=found.fields)
    assert {"编号", "申请人名称"} <= set(found.fields)
    assert pages[0].png.startswith(b"\x89PNG")


def test_a_misspelt_field_refuses_the_file_and_names_the_nearest(office, word_file):
    found = checked(office, word_file(lambda d: d.add_paragraph("【申请人名字】")))

    assert found.refused
    assert [one.nearest for one in found.faults] == ["申请人名称"]


def test_a_file_changed_between_check_and_import_is_refused(office, word_file):
    path = word_file()
    found = found_sound(path)
    word_file(lambda d: d.add_paragraph("刚改的"))

    with pytest.raises(BadInput, match="校核之后又改动过"):
        letter_template_import.take_letter_file(office.desk, office.editor, found, CODE, "名称")
    path.unlink()
    with pytest.raises(BadInput, match="不在了"):
        letter_template_import.take_letter_file(office.desk, office.editor, found, CODE, "名称")


def test_the_same_file_a_bad_code_and_a_letter_without_its_blocks_are_refused(office, word_file):
    path = word_file()
    found = found_sound(path)
    imported(office, path)

    for one, code, said in (
        (found, CODE, "已经是这个代号的第1版"),
        (found, "../proof", "模板代号"),
        (replace(found, promises=False), CODE, "按告知承诺书校核"),
    ):
        with pytest.raises(BadInput, match=said):
            letter_template_import.take_letter_file(office.desk, office.editor, one, code, "名称")


@pytest.mark.parametrize("last", [0, 2])
def test_a_stopped_check_leaves_nothing(office, word_file, last):
    found = letter_template_import.check_letter_file(
        office.desk, office.editor, str(word_file()), True, 200, lambda done, _: done < last
    )

    assert found is None


@pytest.fixture
def changed_on_disk(tmp_path: Path):
    """A site folder in which somebody saved over a shipped letter."""
    folder = tmp_path / "site" / "templates" / "commitments"
    folder.mkdir(parents=True)
    shipped = assets.read_bytes("templates", f"commitments/{CODE}.docx")
    document = docx.Document(io.BytesIO(shipped))
    document.add_paragraph("悄悄加的一句")
    document.save(str(folder / f"{CODE}.docx"))
    assets.use_site(tmp_path / "site")
    yield
    assets.use_site(None)


def test_a_shipped_template_changed_on_the_disk_is_not_used(office, changed_on_disk):
    window = office.window
    case = complete_on_paper(window)
    lines = len(window.lines())

    with pytest.raises(PaperTrouble, match="安装后被改动过"):
        letter_signing.sign_letter(window.desk, window.clerk, case, "PREMISES")

    assert len(window.lines()) == lines
    (row,) = (
        one
        for one in letter_templates.letter_shelf(office.desk, office.editor).shipped
        if one.code == CODE
    )
    assert not row.sound
    with pytest.raises(PaperTrouble):
        letter_templates.letter_pages(office.desk, office.editor, TemplateRef(code=CODE), 200)
