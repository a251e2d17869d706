"""What only the practice hall has: cards for the reader, pages for the camera, a printer to jam.

They stand in Ctrl K with everything else a person may do, and nowhere in a real counter.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from clerk.app.opening import PracticeTools
from clerk.app.practice_library import library_acts
from clerk.domain.id_card import IdCard
from clerk.domain.identifiers import IdKind
from clerk.domain.printing import PrinterTrouble
from clerk.domain.residents import Sex
from clerk.jobs import Jobs
from clerk.ui.acts import Act
from integrations.practice.people import PEOPLE, PracticePerson

PAGE_WORDS = {
    "layout": "设备布局图",
    "rules": "管理制度目录",
    "lease": "房屋租赁合同",
    "mandate": "授权委托书",
    "certificate": "证件复印件",
    "contract": "合同和协议样本",
}


def card_of(person: PracticePerson) -> IdCard:
    """Return the identity card of an invented person."""
    return IdCard(
        kind=IdKind.RESIDENT_ID,
        name=person.name,
        sex=Sex.MALE if person.sex == "男" else Sex.FEMALE,
        birth_on=person.birth_on,
        id_number=person.id_number,
        valid_from_on=date(2019, 8, 1),
        valid_until_on=date(2039, 8, 1),
        nation_code="01",
        nation=person.nation,
        address=person.address,
        issuer="示例县公安局",
    )


def practice_acts(tools: PracticeTools, say: Callable[[str], None], jobs: Jobs) -> list[Act]:
    """Return the acts that stand in for people and paper at a practice counter."""

    def place(person: PracticePerson) -> None:
        tools.reader.place(card_of(person))
        say(f"练习：{person.name}的身份证放在读卡器上")

    def remove() -> None:
        tools.reader.remove()
        say("练习：身份证拿走了")

    def jam() -> None:
        tools.printer.jam()
        say("练习：打印机卡纸了")

    def jam_while_printing() -> None:
        tools.printer.jam(at_once=False)
        say("练习：下一份打到一半会卡纸")

    def run_out() -> None:
        tools.printer.jam(PrinterTrouble.NO_PAPER)
        say("练习：打印机没纸了")

    def clear() -> None:
        tools.printer.clear()
        say("练习：打印机修好了")

    def lay(page: str) -> None:
        tools.scanner.lay(page)
        say(f"练习：高拍仪下面是{PAGE_WORDS[page]}")

    return [
        *(
            Act(name=f"练习：放上{person.name}的身份证", key="", trigger=partial(place, person))
            for person in PEOPLE
        ),
        Act(name="练习：拿走身份证", key="", trigger=remove),
        Act(name="练习：打印机卡纸", key="", trigger=jam),
        Act(name="练习：打印机打到一半卡纸", key="", trigger=jam_while_printing),
        Act(name="练习：打印机没纸", key="", trigger=run_out),
        Act(name="练习：打印机修好", key="", trigger=clear),
        *(
            Act(name=f"练习：高拍仪下放{words}", key="", trigger=partial(lay, page))
            for page, words in PAGE_WORDS.items()
        ),
        *library_acts(tools, say, jobs),
    ]
