"""A practice store with a province's items, and a list of others: ``… province_fill WHICH``.

``items:NUMBER`` publishes invented items, each with the materials and rules of a starter item: as
long as real ones. ``list:FILE:ROWS`` writes a worksheet that says all of which items are made, seven
rows an item. ``package:FILE`` packs what is there and signs it; the hall then trusts that key.
``empty`` makes a hall without any of them.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.counter import START_AT
from benchmarks.listed_item import LISTED
from benchmarks.many_items import many_lines
from clerk import settings
from clerk.app.edges import uuid7
from clerk.app.opening import open_practice
from clerk.app.package_wiring import data_files, template_digests
from clerk.app.sample_files import read_hall
from clerk.app.starter import kept_catalogue, shipped_samples
from clerk.domain.catalogue_line import line_of
from clerk.domain.days import local_date
from clerk.domain.identity import Role
from clerk.services.sample_bench import SampleBench
from clerk.services.standard_packing import pack_standards
from clerk.storage import keyfile, standards
from clerk.storage.digest import sm3
from clerk.storage.lots import lots
from integrations.credentials.signatures import new_key, sign

ALIKE = "unemployment_benefit"
CODE, NAME = "code-put-in-here", "name-put-in-here"
AT_ONCE = 2_000
MATERIALS = 7


def fill(wanted: int) -> None:
    """Make the hall and publish so many items, as far as they are not there."""
    opened = open_practice(settings.practice(), now=lambda: START_AT, new_id=uuid7, fixed=True)
    with closing(opened):
        for lot in lots(_editions(wanted), AT_ONCE):
            with opened.desk.store.begin() as tx:
                if standards.version_on(tx, lot[-1].line.item_code, local_date(START_AT)) is None:
                    standards.publish_all(tx, lot, START_AT)


def _editions(wanted: int) -> Iterator[standards.Edition]:
    """Yield the items; the text of the pattern is written once, code and name are put into it."""
    found = next(one for one in kept_catalogue() if one.item_code == ALIKE)
    pattern = replace(found, item_code=CODE, name=NAME, version=1)
    written = standards.edition_of(pattern).body
    for line in many_lines(wanted):
        body = written.replace(CODE, line.item_code).replace(NAME, line.name)
        made = line_of(replace(pattern, item_code=line.item_code, name=line.name))
        yield standards.Edition(line=made, digest=sm3(body.encode()), body=body)


def write_list(file: str, rows: int) -> None:
    """Write a list that says everything, so that its drafts can be published."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("实施清单")
    sheet.append(tuple(LISTED))
    for number in range(rows):
        item, material = divmod(number, MATERIALS)
        own = {
            "事项名称": f"清单事项{item}备案",
            "实施编码": f"11990123MB0000019Y4{item:012}",
            "材料名称": f"示例材料{material}号",
        }
        sheet.append(tuple((LISTED | own).values()))
    book.save(file)


def pack(file: str) -> None:
    """Pack what is in force, sign it, and let this hall trust who signed."""
    where = settings.practice()
    opened = open_practice(where, now=lambda: START_AT, new_id=uuid7, fixed=True)
    with closing(opened):
        editor = next(one for one in opened.people if Role.STANDARD_EDITOR in one.roles)
        session = opened.sign_in(editor.account_id, keyfile.PRACTICE_PASSPHRASE)
        bench = SampleBench(read_hall=read_hall, shipped=shipped_samples)
        pack_standards(
            opened.desk, session, Path(file), bench.kept, data_files(), template_digests()
        )
    private, public = new_key()
    Path(f"{file}.sig").write_text(sign(private, Path(file).read_bytes()), "ascii")
    Path(f"{file}.trusted").write_text(f'data_keys = ["{public}"]\n', "utf-8")


def empty(trusted: str) -> None:
    """Make a hall that trusts who signed a package."""
    where = settings.practice()
    open_practice(where, now=lambda: START_AT, new_id=uuid7, fixed=True).close()
    (where.folder / "settings.toml").write_text(Path(trusted).read_text("utf-8"), "utf-8")


def main(which: str) -> None:
    """Do one of them."""
    what, _, rest = which.partition(":")
    file, _, rows = rest.partition(":")
    match what:
        case "items":
            fill(int(rest))
        case "list":
            write_list(file, int(rows))
        case "package":
            pack(rest)
        case "empty":
            empty(rest)
    print("done")


if __name__ == "__main__":
    main(sys.argv[1])
