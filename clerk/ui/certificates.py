"""调证照: leave first, then the list, then one certificate into the case."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case
from clerk.domain.certificate import (
    AuthorisationMode,
    AuthorisationState,
    CertificateSummary,
)
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError, RemoteTrouble, RemoteUnavailable
from clerk.domain.identity import Act as Permission
from clerk.domain.material_checks import holder_of
from clerk.jobs import Jobs
from clerk.ui import certificates_words as words
from clerk.ui import theme
from clerk.ui.actions import CertificateActions
from clerk.ui.acts import Act, acts_of
from clerk.ui.certificates_fill import Fill, fills_of, with_certificate
from clerk.ui.certificates_leave import (
    POLL_MS,
    Leave,
    acts_for_holder,
    may_ask_holder,
)
from clerk.ui.certificates_list import Listed, rows_of
from clerk.ui.certificates_strip import CODE_MS
from clerk.ui.certificates_use import Fetched, Uses
from clerk.ui.certificates_view import CertificatesView
from clerk.ui.overriding import override
from clerk.ui.widgets import Button, Dialog, open_dialog

_ROOM = (1120, 740)
_NOT_FOUND = "fault:NOT_FOUND"


def open_certificates(
    host: QWidget,
    actions: CertificateActions,
    jobs: Jobs,
    case: Case,
    requirement_code: str,
    done: Callable[[Case], None],
    open_dialog: Callable[[QWidget, Dialog], None] = open_dialog,
) -> None:
    """Open 调证照 for one material; ``done`` gets the draft with the certificate in it."""
    window = host.window() or host
    compact = window.width() < theme.px(_ROOM[0]) or window.height() < theme.px(_ROOM[1])
    dialog = CertificatesDialog(actions, jobs, case, requirement_code, done, compact=compact)
    open_dialog(host, dialog)


class CertificatesDialog(CertificatesView):
    """Asks for the holder's leave and brings one certificate into the case.

    Nothing is listed, and nothing named, before the holder gave leave. What was looked at and not
    used is told to the library when the dialog closes.
    """

    def __init__(
        self,
        actions: CertificateActions,
        jobs: Jobs,
        case: Case,
        requirement_code: str,
        done: Callable[[Case], None],
        *,
        compact: bool = False,
        poll_ms: int = POLL_MS,
        code_ms: int = CODE_MS,
    ) -> None:
        standard = actions.here.standard(case.item_code, case.standard_version)
        self._asked = standard.requirement(requirement_code)
        title = f"调证照，用于{self._asked.name}"
        super().__init__(title, compact=compact, code_ms=code_ms)
        self._actions, self._jobs, self._case, self._done = actions, jobs, case, done
        self._holder = holder_of(self._asked, case)
        self._blocked = words.why_blocked(case, self._asked, self._holder, actions.here.session)
        self._fills: tuple[Fill, ...] = ()
        self.uses = Uses(actions, jobs, case, requirement_code)
        self.leave = Leave(actions, jobs, case, requirement_code, poll_ms=poll_ms, parent=self)
        self._connect()
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._on_second)
        self._show_leave()
        self._show_start()
        self._seconds.start()

    def _connect(self) -> None:
        self.strip.code.given.connect(self.leave.by_code)
        self.strip.code.refused.connect(self._show_start)
        self.strip.phone_wanted.connect(lambda: self.leave.ask(AuthorisationMode.PHONE))
        self.strip.entrusted_wanted.connect(lambda: self.leave.ask(AuthorisationMode.ENTRUSTED))
        self.strip.duty_wanted.connect(self._show_reasons)
        self.strip.stop_wanted.connect(self._stop)
        self.waiting.stop_wanted.connect(self._stop)
        self.leave.changed.connect(self._on_leave_changed)
        self.leave.listed.connect(self._on_listed)
        self.leave.failed.connect(self._on_failed)
        self.leave.gave_up.connect(lambda: self._show_start(words.NOBODY_ANSWERED))
        self.use_button.clicked.connect(self._use)
        self.uses.used.connect(self._on_used)
        self.uses.failed.connect(self._on_not_used)
        self.closed.connect(self._on_closed)

    @override
    def connect_parts(self) -> None:
        here = self._actions.here
        self._face.set_mark(f"{here.session.account.display_name} {local_date(here.now())}")
        self._reasons.chosen.connect(partial(self.leave.ask, AuthorisationMode.BY_DUTY))
        self._table.moved.connect(self._on_moved)
        self._table.opened.connect(lambda _row: self._use())

    def acts(self) -> Sequence[Act]:
        """The keys of the dialog."""
        code = self.strip.code
        return (
            Act(name="返回", key="Esc", trigger=self._back),
            Act(name="再试一次", key="F5", trigger=self._retry),
            Act(name="扫描纸质件", key="F7", trigger=partial(self._leave_for, "F7")),
            Act(name="先收件", key="Shift+F9", trigger=partial(self._leave_for, "Shift+F9")),
            Act(name="亮证扫码", key="F8", trigger=code.setFocus, enabled=code.isVisible),
            Act(name="用这份", key="Return", trigger=self._use, local=True),
            Act(name="看照面", key="Space", trigger=self.swap_face, local=True),
        )

    def first_focus(self) -> QWidget | None:
        """The code: a scanner types into whatever has the focus."""
        return None if self._blocked else self.strip.code

    # The leave ------------------------------------------------------------

    def _show_leave(self) -> None:
        """Say in the strip how the leave stands now."""
        held, here = self.leave.held, self._actions.here
        if self._blocked:
            self.strip.say("不能调证照", "", icon="ban", tone="warn", asks=False)
        elif held is not None and self.leave.given:
            who, what = words.granted(held, self._case.item_name, here.now())
            reason = f"，理由：{self.leave.reason}" if self.leave.reason else ""
            self.strip.say(who, what + reason, icon="shield-check", tone="ok", asks=False)
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
        on = local_date(self._actions.here.now())
        on_phone = may_ask_holder(self._case, self._asked, on)
        entrusted = on_phone and acts_for_holder(self._case, self._asked)
        if held is None:
            title, tone = f"先请{self._holder_name() or '持证人'}授权", "accentT"
            hint = "亮码扫一扫，或推送到手机确认"
        else:
            pending = held.state in {AuthorisationState.PENDING, AuthorisationState.GRANTED}
            state = AuthorisationState.EXPIRED if pending else held.state
            title, hint, tone = words.not_granted(state), "", "warn"
        named = self._holder is not None and bool(self._holder.id_number)
        if not named:
            hint = "还没有持证人的证件号，请他亮码"
        elif not on_phone:
            hint = "委托书没写可以调证照，请持证人自己亮码"
        self.strip.say(title, hint, icon="key-round", tone=tone, asks=True, entrusted=entrusted)
        by_duty = self._actions.here.session.may(Permission.CALL_BY_DUTY)
        self.strip.phone.setVisible(named and on_phone)
        self.strip.duty.setVisible(named and by_duty)

    def _holder_name(self) -> str:
        """Who the case says holds it; else whoever gave leave (a shop known by its owner only)."""
        if self._holder is not None and self._holder.id_number:
            return self._holder.name
        return self.leave.held.holder.name if self.leave.held else ""

    def _on_leave_changed(self) -> None:
        self._show_leave()
        if self.leave.busy:
            self.trouble.clear()
            self._wait(self.leave.busy)
        elif not self.leave.given and not self.uses.busy:
            self._show_start()

    def _on_second(self) -> None:
        """Count down; what ran out is not shown any longer."""
        if self.is_listed() and not self.leave.given:
            self._show_leave()
            self._show_start()
            self.strip.code.setFocus()
        elif self.leave.given:
            self._show_leave()

    def _show_start(self, said: str = "") -> None:
        """Show no certificate at all."""
        self.waiting.stop()
        if self.is_whole():
            self.model.show_rows(())
            self.face.clear()
        title = said or self._blocked
        if title:
            self.message.say(title, icon="circle-alert", buttons=self._ways())
        elif self.leave.waits_for_holder:
            self.message.say("等持证人确认", "确认以后才看得到证照", icon="phone")
        else:
            self.message.say("授权以后才看得到证照", "没有授权，这里什么都不列，也不提证照名")
        self.show_part(self.message)

    def _show_reasons(self) -> None:
        self.show_part(self.reasons)
        self.reasons.buttons[0].setFocus()

    # The answers ----------------------------------------------------------

    def _on_listed(self, found: Sequence[CertificateSummary]) -> None:
        self.waiting.stop()
        link, name = self._asked.certificate, self._holder_name()
        if link is None:
            return
        on = local_date(self._actions.here.now())
        rows = rows_of(found, link, name, on)
        if not rows:
            self._say_not_found()
            return
        usable = sum(row.usable for row in rows)
        rest = f"，{len(rows) - usable} 份不能用" if usable < len(rows) else ""
        self.heading_of_list.setText(
            f"可用 {usable} 份{rest}" if usable else words.all_unusable(len(rows))
        )
        self.model.show_rows(rows)
        self._show_list()
        self.table.go_to(0)
        if not usable:
            self.trouble.show_trouble(
                words.all_unusable(len(rows)), words.TWO_WAYS, buttons=self._ways()
            )

    def _say_not_found(self) -> None:
        link = self._asked.certificate
        type_name = link.type_name if link else self._asked.name
        title = words.nothing_found(self._holder_name(), type_name)
        self.message.say(title, words.TWO_WAYS, icon="search", buttons=self._ways())
        self.show_part(self.message)
        self.message.buttons[0].setFocus()

    def _on_failed(self, error: ClerkError) -> None:
        """Three answers, three texts: there is none, the library is down, anything else."""
        self.waiting.stop()
        if isinstance(error, RemoteTrouble) and error.kind == _NOT_FOUND:
            self._say_not_found()
            return
        again = Button("再试一次", key="F5")
        again.clicked.connect(self._retry)
        if isinstance(error, RemoteUnavailable):
            said = f"{error}。{words.TWO_WAYS}"
            self.message.say(
                words.LIBRARY_DOWN, said, icon="unplug", buttons=[*self._ways(), again]
            )
        else:
            self.message.say(str(error), icon="circle-alert", buttons=[*self._ways(), again])
        self.show_part(self.message)
        self.message.buttons[0].setFocus()

    def _ways(self) -> list[Button]:
        """What may be done without the library."""
        scan, receive = Button("扫描纸质件", key="F7"), Button("先收件", key="Shift F9")
        scan.clicked.connect(partial(self._leave_for, "F7"))
        receive.clicked.connect(partial(self._leave_for, "Shift+F9"))
        return [scan, receive]

    def _leave_for(self, key: str, _checked: bool = False) -> None:
        """Close, and do on the page below what ``key`` does there."""
        keys = acts_of(self.window() or self)
        self.close_dialog()
        if keys is not None:
            keys.press(key)

    # One certificate ------------------------------------------------------

    def _listed(self) -> Listed | None:
        row = self.table.current_row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _on_moved(self, _row: int) -> None:
        row, leave = self._listed(), self.leave.held
        if row is None or leave is None:
            return
        shown, here = row.certificate, self._actions.here
        self.uses.saw(leave, shown)
        self._fills = (
            fills_of(here, self._case, self._asked.code, leave, shown) if row.usable else ()
        )
        checks = words.checks(shown, self._asked, self._holder_name(), local_date(here.now()))
        self.face.show_certificate(shown, checks, self._fills)
        conflicts = sum(fill.conflict for fill in self._fills)
        look = "，按 Space 选" if conflicts else ""
        below = (
            f"{words.fills(len(self._fills), conflicts)}{look}"
            if row.usable
            else words.why_not_in_full(shown, row.reasons)
        )
        self.summary.setText("，".join(text for _, text in checks) + "\n" + below)
        self.use_button.setEnabled(row.usable)
        self.use_button.setAccessibleName(f"用这份{shown.type_name}，{below}")

    def _use(self) -> None:
        row, leave = self._listed(), self.leave.held
        if row is None or leave is None or self.uses.busy:
            return
        if not row.usable:
            self.trouble.show_trouble(words.why_not_in_full(row.certificate, row.reasons))
            return
        self.trouble.clear()
        self._wait(f"正在调取{row.certificate.type_name}")
        self.uses.use(leave, row.certificate)

    def _on_used(self, fetched: Fetched) -> None:
        use, files = fetched
        case = with_certificate(
            self._actions.here,
            self._case,
            self._asked.code,
            use,
            files,
            self._fills,
            self.face.taken(),
        )
        self.close_dialog()
        self._done(case)

    def _on_not_used(self, error: ClerkError) -> None:
        self._show_list()
        again = Button("再试一次", key="F5", small=True)
        again.clicked.connect(self._retry)
        scan = Button("扫描纸质件", key="F7", small=True)
        scan.clicked.connect(partial(self._leave_for, "F7"))
        self.trouble.show_error(error, [scan, again])

    # Going on and back ----------------------------------------------------

    def _wait(self, said: str) -> None:
        self.waiting.start(said)
        self.show_part(self.waiting)

    def _show_list(self) -> None:
        self.waiting.stop()
        self.show_part(self.choosing)
        self.table.setFocus()

    def _retry(self) -> None:
        """Once more what failed: the fetch, the list, or the code."""
        if self._blocked or self.leave.busy or self.uses.busy:
            return
        if not self.leave.given:
            self._show_start()
            self.strip.code.setFocus()
        elif self.is_listed() and self.trouble.text():
            self._use()
        else:
            self.trouble.clear()
            self.leave.find()

    def _stop(self) -> None:
        """Stop waiting; everything stays as it was before."""
        if self.uses.busy:
            self.uses.stop()
            self._show_list()
            return
        self.leave.stop()
        self.strip.code.setFocus()

    def _back(self) -> None:
        """Esc: stop what runs, else one level back, else close."""
        if self.uses.busy or self.leave.busy or self.leave.waits_for_holder:
            self._stop()
        elif self.asks_for_reason():
            self._show_start()
            self.strip.duty.setFocus()
        elif self.face_is_over_list():
            self.swap_face()
        else:
            self.close_dialog()

    def _on_closed(self) -> None:
        self._seconds.stop()
        self.strip.code.wipe()
        self.leave.stop()
        self.uses.end()
