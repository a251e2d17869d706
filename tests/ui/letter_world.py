"""An invented bureau's letter templates in memory: the rules of the domain, no store, no press."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from uuid import UUID, uuid4

from clerk.child.png import png
from clerk.domain import letter_template
from clerk.domain.errors import ClerkError, PaperTrouble
from clerk.domain.identity import Account, Role
from clerk.domain.issued import PageImage
from clerk.domain.letter_faults import LetterFault, LetterFaultKind
from clerk.domain.letter_template import (
    CheckedLetter,
    LetterShelf,
    LetterTemplate,
    ShippedLetter,
    TemplateState,
)
from clerk.ui.letter_templates_actions import Checked, GoOn, LetterTemplateActions

NOW = datetime(2026, 3, 18, 9, 0, tzinfo=timezone(timedelta(hours=8)))
TODAY = NOW.date()
PAGE = PageImage(png=png(b"\xff" * 60 * 85, width=60, height=85, colour=False), width=60, height=85)
MISSPELT = LetterFault(
    kind=LetterFaultKind.UNKNOWN_FIELD,
    what="【申请人名字】",
    place="申请人：【申请人名字】",
    nearest="申请人名称",
)
SPLIT = LetterFault(kind=LetterFaultKind.SPLIT_MARK, what="【编号】", place="编号：【编号】")


@dataclass
class SmallShelf:
    """Two shipped letters and what the bureau brings; ``person`` is who sits at the window."""

    person: str = "bian"
    roles: frozenset[Role] = frozenset({Role.STANDARD_EDITOR})
    faults: tuple[LetterFault, ...] = ()
    trouble: ClerkError | None = None
    own: dict[UUID, LetterTemplate] = field(default_factory=dict)
    shipped: tuple[ShippedLetter, ...] = (
        ShippedLetter(
            code="place_use", title="场所使用权承诺书", version="2026-1", sha256="a", sound=True
        ),
        ShippedLetter(code="proof", title="proof", version="", sha256="b", sound=False),
    )
    go: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.go.set()

    def account(self) -> Account:
        name = "边编写" if self.person == "bian" else "费发布"
        return Account(account_id=self.person, display_name=name, roles=self.roles)

    def actions(self) -> LetterTemplateActions:
        return LetterTemplateActions(
            account_id=self.person,
            today=lambda: TODAY,
            may_edit=Role.STANDARD_EDITOR in self.roles,
            may_publish=Role.STANDARD_PUBLISHER in self.roles,
            shelf=self.shelf,
            faults=self.faults_of,
            pages=self.pages,
            check=self.check,
            take=self.take,
            propose=lambda one, on, why: self.keep(
                letter_template.proposed(self.own[one], self.account(), on, why, NOW, TODAY)
            ),
            withdraw=lambda one: self.keep(
                letter_template.withdrawn(self.own[one], self.account(), NOW)
            ),
            drop=lambda one: self.keep(letter_template.dropped(self.own[one], self.account(), NOW)),
            use=self.use,
            send_back=lambda one, why: self.keep(
                letter_template.sent_back(self.own[one], self.account(), NOW, why)
            ),
            retire=lambda one, why: self.keep(
                letter_template.retired(self.own[one], self.account(), NOW, why, TODAY)
            ),
        )

    def shelf(self) -> LetterShelf:
        if self.trouble is not None:
            raise self.trouble
        own = [one for one in self.own.values() if one.state is not TemplateState.DROPPED]
        own.sort(key=lambda one: (one.code, -one.version))
        return LetterShelf(shipped=self.shipped, own=tuple(own))

    def keep(self, one: LetterTemplate) -> LetterTemplate:
        self.own[one.template_id] = one
        return one

    def use(self, which: UUID) -> LetterTemplate:
        others = [one for one in self.own.values() if one.template_id != which]
        used, *ended = letter_template.taken_into_use(
            self.own[which], others, self.account(), NOW, TODAY
        )
        for one in (used, *ended):
            self.keep(one)
        return used

    def faults_of(self, code: str, _which: UUID | None) -> Sequence[LetterFault]:
        if code == "proof":
            raise PaperTrouble("承诺书模板“proof”的文件在安装后被改动过，没有生成")
        return self.faults

    def pages(self, code: str, _which: UUID | None, _width: int) -> Sequence[PageImage]:
        if code == "proof":
            raise PaperTrouble("承诺书模板“proof”的文件在安装后被改动过，没有生成")
        return (PAGE,)

    def check(self, path: str, promises: bool, _width: int, go_on: GoOn) -> Checked | None:
        self.go.wait()
        if not go_on(1, 3):
            return None
        found = CheckedLetter(
            path=path,
            file_name=path.rpartition("/")[2],
            title="场所承诺书",
            sha256=path,
            content=b"docx",
            promises=promises,
            faults=self.faults,
            fields=("编号", "申请人名称"),
        )
        return found, () if found.refused else (PAGE,)

    def take(self, checked: CheckedLetter, code: str, title: str) -> LetterTemplate:
        letter_template.require_code(code)
        return self.keep(self.imported(code, title, checked.file_name))

    def imported(self, code: str = "place_use", title: str = "场所承诺书", name: str = "本局.docx"):
        return LetterTemplate(
            template_id=uuid4(),
            code=code,
            version=1 + sum(one.code == code for one in self.own.values()),
            title=title,
            file_name=name,
            sha256=name,
            size_bytes=4,
            promises=True,
            imported_at=NOW,
            imported_by="bian",
            imported_by_name="边编写",
        )

    def proposed(self, on: date = TODAY) -> LetterTemplate:
        """One that the editor has laid before a publisher."""
        editor = Account(account_id="bian", display_name="边编写", roles=frozenset())
        return self.keep(
            letter_template.proposed(self.imported(), editor, on, "换用本局文本", NOW, TODAY)
        )
