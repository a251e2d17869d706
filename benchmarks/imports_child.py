"""A process that reads a bureau's list: ``python -m benchmarks.imports_child WHICH:FILE``.

``bare`` is openpyxl looking at every cell; ``check`` reads, understands and checks the list;
``drafts`` goes on over the store to drafts that are ready to be kept; ``write`` makes the file, of
``WHICH:FILE:ROWS``. Prints the processor seconds and the peak of the resident set in MiB.
"""

import resource
import sys
import tomllib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import process_time

SHEET = "实施清单"
MATERIALS = 7
HEADINGS = (
    "事项名称",
    "基本编码",
    "实施编码",
    "业务办理项编码",
    "事项类型",
    "设定依据",
    "行使层级",
    "实施主体",
    "服务对象",
    "办件类型",
    "法定办结时限",
    "承诺办结时限",
    "受理条件",
    "办理地点",
    "是否收费",
    "网办深度",
    "材料名称",
    "材料必要性",
    "材料形式",
    "原件份数",
    "复印件份数",
    "来源渠道",
    "要求提供材料的依据",
)


def write(path: Path, rows: int) -> None:
    """Make an invented list with seven materials an item."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append(HEADINGS)
    for number in range(rows):
        item, material = divmod(number, MATERIALS)
        basic = f"0001{item:06}00"
        task = f"11990123MB0000019Y4{basic}"
        sheet.append(
            (
                f"示例事项{item}办理",
                basic,
                task,
                f"{task}01",
                "行政许可",
                f"《示例法》第{item % 80 + 1}条：第{item}项",
                "4",
                "示例县局",
                "自然人^企业法人",
                "承诺件",
                20,
                10,
                f"1.条件甲{item}；2.条件乙",
                "示例县政务服务中心",
                "否",
                "4",
                f"示例材料{material}号",
                "1",
                "纸质",
                1,
                0,
                "申请人自备",
                f"《示例办法》第{number % 50 + 1}条",
            )
        )
    book.save(path)


def bare(path: Path) -> int:
    """Let openpyxl read every cell."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    seen = sum(cell.value is not None for row in book[SHEET].iter_rows() for cell in row)
    book.close()
    return seen


def check(path: Path) -> int:
    """Read, understand and check the list as ``clerk --check-list`` does."""
    from benchmarks.counter import START_AT
    from clerk import assets
    from clerk.documents.workbook import Workbook
    from clerk.domain.days import local_date
    from clerk.domain.sheet_checks import checked
    from clerk.domain.sheet_columns import guess_mapping, vocabulary_from
    from clerk.domain.sheet_reading import items_of

    text = assets.read_text("resources", "sheet/columns.toml")
    vocabulary = vocabulary_from(tomllib.loads(text))
    with closing(Workbook(path)) as book:
        mapping = guess_mapping(SHEET, book.head(SHEET), vocabulary)
        items = items_of(book.rows(SHEET), mapping, vocabulary)
        return sum(1 for _ in checked(items, vocabulary, local_date(START_AT)))


def drafts(path: Path) -> int:
    """Go all the way to drafts that wait for a person's word."""
    from benchmarks.absent_peers import AbsentPeers
    from benchmarks.counter import START_AT, Counter, new_key, open_store, scratch
    from clerk import assets
    from clerk.app.edges import uuid7
    from clerk.app.import_wiring import changes
    from clerk.domain.identity import Role
    from clerk.services import sheet_import
    from clerk.wording_sheet import fault_cells

    counter, peers = Counter(), AbsentPeers()
    store = open_store(
        scratch("import") / "store.db", new_key(), lambda: START_AT, counter.initials
    )
    desk = counter.desk(
        store,
        now=lambda: START_AT,
        new_id=uuid7,
        certificates=peers,
        back_office=peers,
        platform=peers,
    )
    account = replace(counter.session.account, roles=frozenset({Role.STANDARD_EDITOR}))
    session = replace(counter.session, account=account)
    text = assets.read_text("resources", "sheet/columns.toml")
    vocabulary = sheet_import.sheet_vocabulary(text)
    head = sheet_import.sheet_head(desk, session, path, SHEET, vocabulary)
    words = sheet_import.ImportWords(fault=fault_cells, changes=changes)
    found = sheet_import.check_list(
        desk, session, path, head.mapping, vocabulary, lambda *_: True, words
    )
    if found is None:
        raise AssertionError("nobody stopped it")
    kept = found.report.to_keep
    found.close()
    store.close()
    return kept


READERS: dict[str, Callable[[Path], int]] = {"bare": bare, "check": check, "drafts": drafts}


def main(which: str) -> None:
    """Do one of them and say what it took."""
    name, _, rest = which.partition(":")
    path, _, rows = rest.partition(":")
    if name == "write":
        write(Path(path), int(rows))
    elif READERS[name](Path(path)) < 1:
        raise AssertionError("nothing was read")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(process_time(), peak)


if __name__ == "__main__":
    main(sys.argv[1])
