"""Cards, items and files of the tests of 受理: plain values."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice
from PyQt6.QtGui import QColor, QImage

from clerk import assets
from clerk.domain.check_digits import resident_check_digit
from clerk.domain.clock import case_law
from clerk.domain.course import CaseRules
from clerk.domain.credit import CreditRecord
from clerk.domain.deadlines import WorkCalendar, calendar_from
from clerk.domain.id_card import IdCard
from clerk.domain.identifiers import IdKind
from clerk.domain.issued import PageImage
from clerk.domain.kind_law import kind_laws_from
from clerk.domain.material import StoredFile
from clerk.domain.residents import Sex
from clerk.domain.standard import ItemStandard
from clerk.domain.standard_parsing import standard_from

NOW = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)


"""2026-03-18 09:00 by the hall's clock."""


LICENCE_TYPE = "11990123MB0000094P001"


def identity_number(body: str) -> str:
    """A number of an invented person with its right check digit."""
    return body + resident_check_digit(body)


def card(name: str = "张示例", body: str = "99012319880312001", sex: Sex = Sex.MALE) -> IdCard:
    number = identity_number(body)
    return IdCard(
        kind=IdKind.RESIDENT_ID,
        name=name,
        sex=sex,
        birth_on=date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
        id_number=number,
        valid_from_on=date(2018, 3, 12),
        valid_until_on=date(2038, 3, 12),
        address="示例县云溪镇石桥村 12 号",
    )


def standard(item_code: str) -> ItemStandard:
    """The newest version of a starter item."""
    folder = Path(assets.folder("resources")) / "standards" / item_code
    return standard_from(tomllib.loads(max(folder.glob("*.toml")).read_text("utf-8")))


def work_calendar() -> WorkCalendar:
    return calendar_from(
        tomllib.loads(assets.read_text("resources", f"calendar/{year}.toml"))
        for year in (2025, 2026)
    )


def case_rules(item: ItemStandard, calendar: WorkCalendar | None = None) -> CaseRules:
    files = assets.names("resources", "laws")
    laws = kind_laws_from(tomllib.loads(assets.read_text("resources", name)) for name in files)
    law = case_law(item, laws[item.law_kind])
    return CaseRules(standard=item, law=law, calendar=calendar or work_calendar())


def page_picture(words: str = "") -> PageImage:
    """A white page with a frame."""
    image = QImage(420, 594, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y in (60, 120, 150, 180, 210, 240 + len(words)):
        for x in range(60, 360):
            image.setPixelColor(x, y, QColor("#4A5261"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return PageImage(png=bytes(data.data()), width=420, height=594)


def stored_file(name: str, pages: int = 1) -> StoredFile:
    return StoredFile(
        sha256=f"{abs(hash(name)):064x}"[:64],
        name=name,
        media_type="application/pdf",
        size_bytes=1000,
        pages=pages,
    )


BAD_RECORD = CreditRecord(
    number="示信〔2025〕第 7 号",
    source="示例县民政局",
    fact="作虚假承诺",
    recorded_on=date(2025, 9, 10),
    repair="改正后申请信用修复",
    contact="示例县信用办",
)
