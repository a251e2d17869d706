"""Strip, list and face of 调证照: whose leave it is, and what can be used for which material."""

from collections.abc import Callable, Sequence
from functools import partial

from clerk.domain.case import Case
from clerk.domain.certificate import AuthorisationMode, AuthorisationState, CertificateSummary
from clerk.domain.certificate_file import SealState
from clerk.domain.certificate_matching import (
    NEEDS_A_LOOK,
    HolderRelation,
    MaterialMatch,
    asks_relation,
    best_rows,
    likely_relation,
)
from clerk.domain.certificate_matching import holder_name as name_wanted
from clerk.domain.days import local_date
from clerk.domain.identity import Act as Permission
from clerk.domain.material_checks import holder_of
from clerk.jobs import Jobs
from clerk.ui import certificates_words as words
from clerk.ui.actions import CertificateActions
from clerk.ui.acts import Act
from clerk.ui.certificates_fill import Fill, fills_of
from clerk.ui.certificates_leave import Leave, Owner, acts_for_holder, may_ask_holder
from clerk.ui.certificates_list import hits_in
from clerk.ui.certificates_looks import Looks
from clerk.ui.certificates_use import Use, Uses
from clerk.ui.certificates_view import CertificatesView
from clerk.ui.widgets import Button
from clerk.ui.widgets.search_box import Hit
from clerk.values import dataclass

RELATIONS = tuple(HolderRelation)
Report = Callable[[Case, str, CertificateSummary], None]
"""Case, requirement code and what may be wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A row that is to be used under an owner's leave, and what is taken from its face."""

    owner: Owner
    row: MaterialMatch
    fills: tuple[Fill, ...]
    taken: frozenset[str] = frozenset()
    looked: bool = False


class Choosing(CertificatesView):
    """Shows what fits which material and collects what is to be used.

    Sub-classes say what happens to ``picks``; nothing is fetched here but what is looked at.
    """

    def __init__(
        self,
        actions: CertificateActions,
        jobs: Jobs,
        case: Case,
        requirement_code: str,
        *,
        compact: bool,
        code_ms: int,
        poll_ms: int,
    ) -> None:
        standard = actions.here.standard(case.item_code, case.standard_version)
        self._asked = standard.requirement(requirement_code)
        title = f"调证照，用于{self._asked.name}"
        super().__init__(title, compact=compact, code_ms=code_ms, find=self._rows_found)
        self._actions, self._case, self._code = actions, case, requirement_code
        self._holder = holder_of(self._asked, case)
        self._blocked = words.why_blocked(case, self._asked, self._holder, actions.here.session)
        self._fills: tuple[Fill, ...] = ()
        self._relations_of: dict[str, HolderRelation] = {}
        self.owner: Owner | None = None
        self.report: Report | None = None
        self.say: Callable[[str], None] | None = None
        self.uses = Uses(actions, jobs, case)
        self.looks = Looks(actions, jobs, case, self)
        self.leave = Leave(actions, jobs, case, requirement_code, poll_ms=poll_ms, parent=self)

    # The leave ------------------------------------------------------------

    def show_leave(self) -> None:
        """Say in the strip how the leave stands now."""
        held, here = self.leave.held, self._actions.here
        if self._blocked:
            self.strip.say("不能调证照", "", icon="ban", tone="warn", asks=False)
        elif held is not None and self.leave.given:
            who, what = words.granted(held, self._case.item_name, here.now())
            reason = f"，理由：{self.leave.reason}" if self.leave.reason else ""
            self.strip.say(
                who, what + reason, icon="shield-check", tone="ok", asks=False, another=True
            )
        elif self.leave.waits_for_holder and held is not None:
            left = words.span(self.leave.seconds_left)
            self.strip.say(
                f"等{held.holder.name}在手机上确认",
                f"最多再等 {left}，不确认就不调取",
                icon="phone",
                tone="accentT",
                asks=False,
            )
            self.strip.stop.setVisible(True)
        else:
            self._show_how_to_ask()

    def _show_how_to_ask(self) -> None:
        held = self.leave.held
        on, modes = local_date(self._actions.here.now()), self._actions.modes
        may_ask = may_ask_holder(self._case, self._asked, on)
        on_phone = may_ask and AuthorisationMode.PHONE in modes
        for_him = may_ask and AuthorisationMode.ENTRUSTED in modes
        entrusted = for_him and acts_for_holder(self._case, self._asked)
        if held is None:
            title, tone = f"先请{self.holder_name() or '持证人'}授权", "accentT"
            hint = "亮码扫一扫，或推送到手机确认" if on_phone else "亮码扫一扫"
        else:
            pending = held.state in {AuthorisationState.PENDING, AuthorisationState.GRANTED}
            state = AuthorisationState.EXPIRED if pending else held.state
            title, hint, tone = words.not_granted(state), "", "warn"
        named = self._holder is not None and bool(self._holder.id_number)
        if not named:
            hint = "还没有持证人的证件号，请他亮码"
        elif not may_ask:
            hint = "委托书没写可以调证照，请持证人自己亮码"
        self.strip.say(title, hint, icon="key-round", tone=tone, asks=True, entrusted=entrusted)
        allowed = self._actions.here.session.may(Permission.CALL_BY_DUTY)
        by_duty = allowed and AuthorisationMode.BY_DUTY in modes
        self.strip.phone.setVisible(named and on_phone)
        self.strip.duty.setVisible(named and by_duty)

    def holder_name(self) -> str:
        """Who the case says holds it; else whoever gave leave (a shop known by its owner only)."""
        if self._holder is not None and self._holder.id_number:
            return self._holder.name
        return self.leave.held.holder.name if self.leave.held else ""

    # What is shown --------------------------------------------------------

    def list_acts(self) -> Sequence[Act]:
        """The keys of list and face."""
        find = self.search.setFocus
        return (
            Act(name="找列出的证照", key="F3", trigger=find, enabled=self.is_listed),
            Act(name="上一页", key="Ctrl+PgUp", trigger=partial(self._turn, -1)),
            Act(name="下一页", key="Ctrl+PgDown", trigger=partial(self._turn, 1)),
            Act(name="看照面", key="Space", trigger=self.swap_face, local=True),
        )

    def go_to_found(self, place: int) -> None:
        """Show the certificate that was searched for."""
        self.table.go_to(place)
        self.table.setFocus()

    def _rows_found(self, asked: str) -> Sequence[Hit]:
        return hits_in(self.model.rows, asked, self._actions.initials)

    def show_owner(self, owner: Owner) -> None:
        """Show what one owner's certificates fit; the material asked for stands on top."""
        self.owner = owner
        owners = [one for one in self.leave.owners.values() if one.matches.rows]
        names = [f"{one.holder.name} {len(one.matches.rows)}" for one in owners]
        self.owner_tabs.show_owners(names, owners.index(owner))
        self.model.show_rows(owner.matches.rows, self._code)
        self._show_seals()
        self.looks.fetch_ahead(owner.leave, self.model.rows)
        self.table.go_to(0)

    def _show_seals(self) -> None:
        """Say of every row what its file showed, and above them how many can be used now."""
        self.model.show_seals(self.looks.seals(), set(self.looks.refused))
        if self.owner is None:
            return
        standard = self._actions.here.standard(self._case.item_code, self._case.standard_version)
        names = [standard.requirement(code).name for code in self.owner.matches.missing]
        usable = sum(self.model.can_use(row) for row in self.model.rows)
        rest = len(self.model.rows) - usable
        self.heading_of_list.setText(
            words.summed_up(usable, rest, names, self.owner.matches.unnamed)
        )

    def current(self) -> MaterialMatch | None:
        """The row in front."""
        row = self.table.current_row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _on_moved(self, _row: int) -> None:
        row, owner = self.current(), self.owner
        if row is None or owner is None:
            return
        self.uses.saw(owner.leave, row.certificate)
        self._fills = self._fills_of(owner, row) if row.usable else ()
        self.face.show_certificate(row.certificate, self._checks(owner, row), self._fills)
        if row.usable:
            self.looks.want(owner.leave, row)
        self._on_looks_changed(drawn=False)
        self._say_row(owner, row)

    def _say_row(self, owner: Owner, row: MaterialMatch) -> None:
        conflicts = sum(fill.conflict for fill in self._fills)
        look = "，按 Space 选" if conflicts else ""
        below = (
            f"{words.fills(len(self._fills), conflicts)}{look}" if row.usable else self.why_not(row)
        )
        checks = self._checks(owner, row)
        self.summary.setText("，".join(text for _, text in checks) + "\n" + below)
        self.use_button.setEnabled(self.model.can_use(row))
        self.use_button.setAccessibleName(f"用这份{row.certificate.type_name}，{below}")

    def why_not(self, row: MaterialMatch) -> str:
        """Why a row cannot be used, in full."""
        if row.used:
            return f"这份{row.certificate.type_name}已经用在{row.material_name}"
        if row.reasons:
            return words.why_not_in_full(row.certificate, row.reasons)
        refused = self.looks.refused.get(row.certificate.certificate_id)
        if refused is not None:
            return str(refused)
        seal = self.model.seal_of(row)
        return words.CHANGED_FILE if seal is SealState.CHANGED else ""

    def _on_looks_changed(self, drawn: bool = True) -> None:
        """Say of every row what its file showed; draw the page of the one in front."""
        self._show_seals()
        row, owner = self.current(), self.owner
        if row is None or owner is None:
            return
        look = self.looks.look_of(row)
        trouble = self.looks.trouble_of(row) if row.usable else self.why_not(row)
        if self.looks.renewed(row):
            self.trouble.show_trouble(words.FILE_RENEWED)
        if look is not None or trouble:  # else the face says it all by itself, in its own time
            self.face.show_look(self._checks(owner, row), look, trouble)
        if look is not None and row.usable and not self.face.picture.has_picture():
            self.looks.draw(owner.leave, row, self.face.page)
        if drawn:
            self._say_row(owner, row)

    def _on_drawn(self, certificate_id: str, page: int, image: object) -> None:
        row = self.current()
        if row is not None and row.certificate.certificate_id == certificate_id:
            self.face.show_page(image, page)  # type: ignore[arg-type]  # signals carry objects

    def _on_turned(self, page: int) -> None:
        row, owner = self.current(), self.owner
        if row is not None and owner is not None:
            self.looks.draw(owner.leave, row, page)

    def _turn(self, by: int) -> None:
        if self.is_listed():
            self.face.turn(by)

    def _on_owner(self, place: int) -> None:
        owner = [one for one in self.leave.owners.values() if one.matches.rows][place]
        self.leave.choose(owner)
        self.show_owner(owner)
        self.table.setFocus()

    def _checks(self, owner: Owner, row: MaterialMatch) -> tuple[tuple[bool | None, str], ...]:
        here = self._actions.here
        standard = here.standard(self._case.item_code, self._case.standard_version)
        name = name_wanted(standard.requirement(row.material), self._case, owner.holder)
        found = self.looks.looks.get(row.certificate.certificate_id)
        return words.checks(row, name, self.model.seal_of(row), found, local_date(here.now()))

    def _fills_of(self, owner: Owner, row: MaterialMatch) -> tuple[Fill, ...]:
        here = self._actions.here
        return fills_of(here, self._case, row.material, owner.leave, row.certificate)

    # What is to be used ---------------------------------------------------

    def pick_current(self) -> Pick | None:
        """The row in front as it was chosen; the notice says why it cannot be used."""
        row, owner = self.current(), self.owner
        if row is None or owner is None or self.uses.busy:
            return None
        if not self.model.can_use(row):
            self.trouble.show_trouble(self.why_not(row), buttons=self._reports(row))
            return None
        looked = bool(self.face.tick.holds())
        if self.model.seal_of(row) in NEEDS_A_LOOK and not looked:
            self.trouble.show_trouble(words.LOOK_FIRST)
            self.face.tick.setFocus()
            return None
        return Pick(owner=owner, row=row, fills=self._fills, taken=self.face.taken(), looked=looked)

    def _reports(self, row: MaterialMatch) -> list[Button]:
        """Offer to report a file that was changed after it was sealed."""
        if self.report is None or self.model.seal_of(row) is not SealState.CHANGED:
            return []
        button = Button("证照纠错", small=True)
        button.clicked.connect(lambda: self._report(row))
        return [button]

    def _report(self, row: MaterialMatch) -> None:
        if self.report is not None:
            self.close_dialog()
            self.report(self._case, row.material, row.certificate)

    def tell_ready(self) -> None:
        """Say in one line for how many other materials the leave still serves."""
        if self.say is None or not self.leave.given:
            return
        ready = {
            row.material
            for owner in self.leave.owners.values()
            for row in owner.matches.rows
            if self.model.can_use(row) and row.material not in self._case.evidence
        }
        if ready:
            self.say(words.ready(len(ready)))

    def pick_all(self) -> tuple[list[Pick], int]:
        """Everything of all owners that raises no question, and how many rows raise one."""
        picks: list[Pick] = []
        left = 0
        for owner in self.leave.owners.values():
            plain = best_rows(owner.matches)
            for row in plain:
                fills = self._fills_of(owner, row)
                if self._raises_question(row, fills):
                    left += 1
                else:
                    picks.append(Pick(owner=owner, row=row, fills=fills))
            materials = {row.material for row in owner.matches.rows if row.usable}
            left += len(materials - {row.material for row in plain})
        picks.sort(key=lambda pick: pick.row.material != self._code)
        return picks, left

    def _raises_question(self, row: MaterialMatch, fills: Sequence[Fill]) -> bool:
        unclear = self.model.seal_of(row) in NEEDS_A_LOOK or not self.model.can_use(row)
        return unclear or any(fill.conflict for fill in fills)

    def asks_relation_of(self, picks: Sequence[Pick]) -> Pick | None:
        """The first whose holder's relation to the applicant nobody has said yet."""
        return next(
            (
                pick
                for pick in picks
                if pick.owner.holder.id_number not in self._relations_of
                and asks_relation(self._case, pick.owner.holder, pick.row.certificate)
            ),
            None,
        )

    def show_relations(self, pick: Pick) -> None:
        """Ask what the holder is to the applicant; what is most likely has the focus."""
        holder = pick.owner.holder
        self.relations.title.setText(f"持证人是{holder.name}，不是申请人。和申请人是什么关系")
        self.show_part(self.relations)
        likely = RELATIONS.index(likely_relation(self._case, holder))
        self.relations.buttons[likely].setFocus()

    def use_of(self, pick: Pick, case: Case) -> Use:
        """What is asked of the library for a pick."""
        return Use(
            case=case,
            leave=pick.owner.leave,
            row=pick.row,
            relation=self._relations_of.get(pick.owner.holder.id_number),
            looked=pick.looked,
        )

    def named(self, certificate: CertificateSummary) -> str:
        """What is said while it is fetched."""
        return f"正在调取{certificate.type_name}"
