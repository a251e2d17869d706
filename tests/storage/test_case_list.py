"""A case is found by number, name, initials, identity number and item, page by page."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text, update

from clerk.domain.case import Case, CaseState, Decision, InternalReturn
from clerk.domain.case_list import MARK_ROWS, CaseLine, CaseQuery, CaseView, ListExtent
from clerk.domain.deadlines import DueDate, Term
from clerk.domain.hand_off import CaseNumber, MessageKind
from clerk.domain.party import Applicant
from clerk.storage import case_list, case_search, cases, outbox, search_text, tables
from clerk.storage.engine import Store
from tests.storage.invented import NOW, TODAY, a_draft, a_full_case, a_party, an_id

INITIALS = {"张": "z", "李": "l", "示": "s", "例": "l", "样": "y", "本": "b", "重": "zc"}


def initials(text: str) -> str:
    return "".join(INITIALS.get(character, "x")[0] for character in text)


@pytest.fixture
def tx(place: Path | str, open_store: Callable[..., Store]) -> Iterator[Connection]:
    with open_store(place, initials=initials).begin() as connection:
        yield connection


def keep(tx: Connection, serial: int, name: str = "张示例", **changed: object) -> Case:
    number = CaseNumber(text=f"99012320260318{serial:04d}", query_code="1", provisional=False)
    party = a_party(name, f"99012319900101{serial:04d}")
    case = a_draft(
        serial,
        applicant=Applicant(party=party),
        state=CaseState.ACCEPTED,
        number=number,
        accepted_at=NOW,
        due_on=TODAY + timedelta(days=serial),
    )
    case = replace(case, **changed)  # type: ignore[arg-type]
    terms = {}
    if case.state is CaseState.ACCEPTED and case.due_on is not None:
        terms = {Term.PROMISED: DueDate(on=case.due_on, estimated=False)}
    return cases.add(tx, replace(case, terms=terms))


def ask(text: str = "", view: CaseView = CaseView.ALL, **more: object) -> CaseQuery:
    return CaseQuery(view=view, on=TODAY, text=text, **more)  # type: ignore[arg-type]


def found(tx: Connection, query: CaseQuery) -> list[int]:
    """Return the serials of the cases found, and see that the count agrees."""
    lines = case_list.page(tx, query)
    assert case_list.count(tx, query) == len(lines)
    return [line.case_id.int & 0xFFFF for line in lines]


@pytest.mark.parametrize(
    ("typed", "serials"),
    [
        ("张示例", [1]),
        ("示例", [1]),
        ("例", [1]),
        ("zsl", [1]),
        ("ZS", [1]),
        ("9901232026", [1, 2, 3]),
        ("0002", [2]),
        ("990123199001010002", [2]),
        ("990123199001019999", []),
        ("食品 李", [2]),
        ("食品经营许可", [1, 2, 3]),
        ("没有这人", []),
        ("李张", []),
        ("%", []),
        ("_", []),
        ("'\"", []),
        ("买买提", [3]),
        ("买买提·古丽", [3]),
        ("", [1, 2, 3]),
    ],
)
def test_what_is_typed_finds(tx: Connection, typed: str, serials: list[int]) -> None:
    keep(tx, 1, "张示例")
    keep(tx, 2, "李样本")
    keep(tx, 3, "买买提·古丽")

    assert found(tx, ask(typed)) == serials


def test_a_changed_name_is_found_by_the_new_one_only(tx: Connection) -> None:
    kept = keep(tx, 1, "张示例")

    cases.save(tx, replace(kept, applicant=Applicant(party=a_party("李样本"))))

    assert found(tx, ask("张示")) == []
    assert found(tx, ask("李样")) == [1]


def test_a_destroyed_draft_is_not_found(tx: Connection) -> None:
    kept = cases.add(tx, a_draft())
    cases.discard_draft(tx, kept.case_id)

    assert found(tx, ask("张示例")) == []


def test_a_rare_character_is_found(tx: Connection) -> None:
    keep(tx, 1, "张𠮷㛃")

    assert found(tx, ask("𠮷㛃")) == [1]
    assert found(tx, ask("𠮷")) == [1]


@pytest.fixture
def one_of_each(tx: Connection) -> Connection:
    decision = Decision(
        granted=True, opinion="同意", at=NOW, by="wang", by_name="王举例", number="1"
    )
    returned = InternalReturn(points=("P",), materials=(), remark="", at=NOW, by="wang")
    keep(tx, 1, due_on=TODAY)
    keep(tx, 2, due_on=TODAY - timedelta(days=1), statutory_due_on=TODAY - timedelta(days=1))
    keep(tx, 3, state=CaseState.CORRECTION_DUE)
    keep(tx, 4, state=CaseState.RESULT_WAITING, decision=decision)
    keep(tx, 5, state=CaseState.DRAFT, number=None)
    keep(tx, 6, returns=(returned,))
    keep(tx, 7, state=CaseState.HANDED_OUT, decision=decision, item_code="990123-GLJT")
    return tx


@pytest.mark.parametrize(
    ("view", "serials"),
    [
        (CaseView.ALL, [2, 1, 6, 7, 5, 4, 3]),
        (CaseView.DUE_TODAY, [2, 1]),
        (CaseView.WITH_APPLICANT, [3]),
        (CaseView.RESULT_WAITING, [4]),
        (CaseView.DRAFTS, [5]),
        (CaseView.TO_DECIDE, [2, 1]),
        (CaseView.RETURNED, [6]),
    ],
)
def test_each_view_selects_and_what_is_due_first_comes_first(
    one_of_each: Connection, view: CaseView, serials: list[int]
) -> None:
    """Of what is never due the newest comes first."""
    assert found(one_of_each, ask(view=view)) == serials


def test_a_list_narrows_to_items_and_a_clerk(one_of_each: Connection) -> None:
    assert found(one_of_each, ask(items=("990123-GLJT",))) == [7]
    assert found(one_of_each, ask(clerk="somebody")) == []


def test_the_first_page_counts(one_of_each: Connection) -> None:
    today = case_list.today(one_of_each, TODAY, clerk="lisi")

    assert (today.due_today, today.over_promised, today.over_statutory) == (1, 1, 1)
    assert (today.drafts, today.with_applicant, today.result_waiting) == (1, 1, 1)
    assert (today.to_decide, today.accepted_today) == (2, 7)
    assert [line.case_id for line in today.first] == [an_id(2), an_id(1), an_id(6)]
    assert today.due_by_day == ((TODAY, 1), (TODAY + timedelta(days=6), 1))
    elsewhere = case_list.today(one_of_each, TODAY, clerk="other", items=("990123-GLJT",))
    assert (elsewhere.drafts, elsewhere.accepted_today, elsewhere.first) == (0, 1, ())


def test_an_empty_store_counts_nothing(tx: Connection) -> None:
    today = case_list.today(tx, TODAY, clerk="lisi")

    assert today.due_today == today.to_decide == 0
    assert today.first == ()


def test_a_line_says_what_the_case_says(tx: Connection) -> None:
    case = cases.add(tx, a_full_case())
    outbox.put(
        tx,
        message_id=an_id(5),
        case_id=case.case_id,
        kind=MessageKind.SUBMIT_CASE,
        schema_version=1,
        body="{}",
        at=NOW,
    )

    assert case_list.page(tx, ask()) == [
        CaseLine(
            case_id=case.case_id,
            state=CaseState.ACCEPTED,
            label=case.label,
            provisional=False,
            applicant_name="张示例",
            item_code=case.item_code,
            item_name=case.item_name,
            with_whom=case.with_whom,
            clerk="李样本",
            opened_at=case.opened_at,
            received_at=NOW,
            accepted_at=NOW,
            next_due_on=date(2026, 3, 25),
            due_on=case.due_on,
            statutory_due_on=case.statutory_due_on,
            dates_estimated=False,
            returned=False,
            deferred=True,
            undelivered=1,
            held_at=NOW,
            term=Term.DEFERRAL,
        )
    ]


@pytest.mark.parametrize("typed", ["", "张", "示例 张"])
def test_pages_and_jumps_together_make_the_whole_list(tx: Connection, typed: str) -> None:
    for serial in range(1, 48):
        keep(tx, serial, "张示例", due_on=TODAY + timedelta(days=serial % 5))
    query = ask(typed)
    whole = case_list.page(tx, query, limit=100)

    by_key: list[CaseLine] = []
    while more := case_list.page(tx, query, by_key[-1] if by_key else None, 10):
        by_key += more
    by_offset = [
        line
        for first in range(0, 60, 10)
        for line in case_list.page(tx, query, None, 10, offset=first)
    ]

    assert len(whole) == 47
    assert by_key == by_offset == whole


def keep_many(tx: Connection, number: int) -> None:
    """Keep so many more cases like the first one, each newer than the one before."""
    first = dict(tx.execute(select(tables.cases).limit(1)).mappings().one())
    rows = []
    for serial in range(number):
        case_id = an_id(10_000 + serial)
        rows.append(
            first
            | {
                "row_number": first["row_number"] + 100 + serial,
                "case_id": case_id,
                "number": f"2026-{serial:05}",
                "search_text": search_text.line("张示例", f"2026-{serial:05}"),
                "place": cases.place(TODAY + timedelta(days=serial % 7), case_id),
            }
        )
    tx.execute(insert(tables.cases), rows)
    if tx.dialect.name == "sqlite":
        tokens = [
            {"row": row["row_number"], "tokens": search_text.index_tokens(row["search_text"])}
            for row in rows
        ]
        tx.execute(text("INSERT INTO case_search (rowid, tokens) VALUES (:row, :tokens)"), tokens)


def test_marks_lead_into_a_long_list(tx: Connection) -> None:
    """From a mark, fewer lines are stepped over than lie between two marks."""
    keep(tx, 1)
    keep_many(tx, 2 * MARK_ROWS)
    query = ask()

    extent = case_list.extent(tx, query)

    assert (extent.rows, len(extent.marks), extent.complete) == (2 * MARK_ROWS + 1, 3, True)
    for mark, begin in zip(extent.marks, (0, MARK_ROWS, 2 * MARK_ROWS), strict=True):
        from_mark = case_list.page(tx, query, None, 3, offset=5, mark=mark)
        assert from_mark == case_list.page(tx, query, None, 3, offset=begin + 5)


def test_an_empty_list_has_no_length(tx: Connection) -> None:
    assert case_list.extent(tx, ask()) == ListExtent(rows=0)


def test_a_search_that_finds_too_much_holds_the_newest_and_says_so(tx: Connection) -> None:
    """The oldest case is beyond what is looked at; typing more of its number finds it."""
    keep(tx, 1, "张示例", due_on=TODAY - timedelta(days=9))
    keep_many(tx, case_search.LOOKED_AT + 200)

    extent = case_list.extent(tx, ask("示例"))
    lines = case_list.page(tx, ask("示例"), limit=2000)

    assert (extent.rows, extent.complete) == (case_search.LOOKED_AT, False)
    serials = {line.case_id.int & 0xFFFF for line in lines}
    assert serials == set(range(10_200, 10_200 + case_search.LOOKED_AT))
    assert [line.next_due_on for line in lines] == sorted(
        line.next_due_on or TODAY for line in lines
    )
    assert case_list.extent(tx, ask("990123202603180001")) == ListExtent(rows=1)
    assert [line.label for line in case_list.page(tx, ask("2026-00007"))] == ["2026-00007"]


def test_each_key_of_a_search_finds_what_all_pages_of_it_hold(tx: Connection) -> None:
    """The first lines come by a statement made ready before; signs of LIKE are letters to it."""
    keep(tx, 1, "张示例")
    keep(tx, 2, "张_示例/百%", state=CaseState.CORRECTION_DUE)
    keep_many(tx, 200)
    for typed in ("张", "示例", "_示", "/百", "%", "张 示例", "2026", "2026-0", "没有"):
        for scope in ({}, {"items": ("food_business_permit", "other")}, {"clerk": "zhou"}):
            query = ask(typed, **scope)
            whole = case_list.page(tx, query, None, 500)

            assert whole[1:] == case_list.page(tx, query, None, 500, offset=1)
            assert len(whole) == case_list.count(tx, query) == case_list.extent(tx, query).rows


def test_a_search_in_a_short_view_looks_at_all_of_it(tx: Connection) -> None:
    keep(tx, 1, "张示例", state=CaseState.CORRECTION_DUE)
    keep(tx, 2, "张示例")
    keep_many(tx, case_search.LOOKED_AT + 200)
    query = ask("示例", view=CaseView.WITH_APPLICANT)

    tx.execute(update(tables.cases).where(tables.cases.c.number.like("2026-%")).values(queue="x"))

    assert case_list.extent(tx, query) == ListExtent(rows=1)
    assert [line.case_id for line in case_list.page(tx, query)] == [an_id(1)]


def test_every_message_without_a_signature_is_counted(tx: Connection) -> None:
    """Few or many: in an outage the page's own are looked for."""
    kept = [keep(tx, serial) for serial in (1, 2)]
    for case, number in zip(kept, (1, case_list.FEW_WAITING + 1), strict=True):
        for sent in range(number):
            outbox.put(
                tx,
                message_id=an_id(1000 * (case.case_id.int & 0xFF) + sent),
                case_id=case.case_id,
                kind=MessageKind.SUBMIT_CASE,
                schema_version=1,
                body="{}",
                at=NOW,
            )
        assert case_list.page(tx, ask())[(case.case_id.int & 0xFF) - 1].undelivered == number


@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_the_index_says_too_much_perhaps_never_too_little(tx: Connection) -> None:
    names = random.Random(1)
    lines = {
        serial: "".join(names.choice("张王李示例样本ab1") for _ in range(names.randint(1, 6)))
        for serial in range(1, 400)
    }
    for serial, name in lines.items():
        keep(tx, serial, name, number=None)
    for _ in range(200):
        name = names.choice(list(lines.values()))
        start = names.randrange(len(name))
        typed = name[start : start + names.randint(1, 4)]
        match = text("SELECT rowid FROM case_search WHERE case_search MATCH :match")
        said = tx.execute(match, {"match": search_text.match_expression(typed)})
        rows = {row.rowid for row in said}
        like = text("SELECT row_number FROM cases WHERE search_text LIKE :typed")
        assert {row.row_number for row in tx.execute(like, {"typed": f"%{typed}%"})} <= rows
