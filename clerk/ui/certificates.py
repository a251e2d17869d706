"""调证照: leave first, then all materials against what it covers, then certificates into the case."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QWidget

from clerk.domain.case import Case
from clerk.domain.certificate import AuthorisationMode
from clerk.domain.days import local_date
from clerk.domain.errors import ClerkError, RemoteTrouble, RemoteUnavailable
from clerk.jobs import Jobs, Lane
from clerk.ui import certificates_words as words
from clerk.ui import theme
from clerk.ui.actions import CertificateActions
from clerk.ui.acts import Act, acts_of
from clerk.ui.certificates_choosing import RELATIONS, Choosing, Pick, Report
from clerk.ui.certificates_fill import with_certificate
from clerk.ui.certificates_leave import POLL_MS, Owner
from clerk.ui.certificates_strip import CODE_MS
from clerk.ui.certificates_use import Fetched
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
    report: Report | None = None,
    say: Callable[[str], None] | None = None,
) -> None:
    """Open 调证照 for one material; ``done`` gets the draft with the certificates in it."""
    window = host.window() or host
    compact = window.width() < theme.px(_ROOM[0]) or window.height() < theme.px(_ROOM[1])
    dialog = CertificatesDialog(actions, jobs, case, requirement_code, done, compact=compact)
    dialog.report, dialog.say = report, say
    dialog.uses.say = say
    open_dialog(host, dialog)
    jobs.run(Lane.PAGES, actions.get_ready, owner=dialog, then=_ready, failed=_ready)


def _ready(_answer: object) -> None:
    """What is not ready yet is waited for when the first file comes."""


class CertificatesDialog(Choosing):
    """Asks for the holder's leave and brings certificates into the case.

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
        super().__init__(
            actions,
            jobs,
            case,
            requirement_code,
            compact=compact,
            code_ms=code_ms,
            poll_ms=poll_ms,
        )
        self._jobs, self._done = jobs, done
        self._picks: list[Pick] = []
        self._left = self._used = 0
        self._connect()
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._on_second)
        self.show_leave()
        self._show_start()
        self._seconds.start()
        if not self._blocked:
            self.leave.take_up()

    def _connect(self) -> None:
        self.strip.code.given.connect(self.leave.by_code)
        self.strip.code.refused.connect(self._show_start)
        self.strip.phone_wanted.connect(lambda: self.leave.ask(AuthorisationMode.PHONE))
        self.strip.entrusted_wanted.connect(lambda: self.leave.ask(AuthorisationMode.ENTRUSTED))
        self.strip.duty_wanted.connect(self._show_reasons)
        self.strip.stop_wanted.connect(self._stop)
        self.waiting.stop_wanted.connect(self._stop)
        self.waiting.too_long.connect(self._on_too_long)
        self.leave.changed.connect(self._on_leave_changed)
        self.leave.listed.connect(self._on_listed)
        self.leave.failed.connect(self._on_failed)
        self.leave.gave_up.connect(lambda: self._show_start(words.NOBODY_ANSWERED))
        self.use_button.clicked.connect(self._use)
        self.all_button.clicked.connect(self._use_all)
        self.looks.changed.connect(self._on_looks_changed)
        self.looks.drawn.connect(self._on_drawn)
        self.uses.used.connect(self._on_used)
        self.uses.failed.connect(self._on_not_used)
        self.closed.connect(self._on_closed)

    @override
    def connect_parts(self) -> None:
        here = self._actions.here
        self._face.set_mark(f"{here.session.account.display_name} {local_date(here.now())}")
        self._reasons.chosen.connect(self._on_reason)
        self._relations.chosen.connect(self._on_relation)
        self._face.turned.connect(self._on_turned)
        self._owner_tabs.chosen.connect(self._on_owner)
        self._table.moved.connect(self._on_moved)
        self._table.opened.connect(lambda _row: self._use())
        self.search.chosen.connect(self.go_to_found)

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
            Act(name="可用的都用", key="Ctrl+Return", trigger=self._use_all),
            *self.list_acts(),
        )

    def first_focus(self) -> QWidget | None:
        """The code: a scanner types into whatever has the focus."""
        return None if self._blocked else self.strip.code

    def _on_leave_changed(self) -> None:
        self.show_leave()
        if self.leave.busy:
            self.trouble.clear()
            self._wait(self.leave.busy)
        elif not self.leave.given and not self.uses.busy:
            self._show_start()

    def _on_second(self) -> None:
        """Count down; what ran out is not shown any longer."""
        if self.is_listed() and not self.leave.given:
            self.leave.forget()
            self.show_leave()
            self._show_start()
            self.strip.code.setFocus()
        elif self.leave.given:
            self.show_leave()

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
        self._jobs.run(
            Lane.STORE,
            self._actions.duty_left,
            owner=self,
            then=self._show_duty_left,
            failed=lambda error: self.reasons.hint.setText(str(error)),
        )

    def _show_duty_left(self, left: int) -> None:
        self.reasons.hint.setText(words.duty_left(left))
        for button in self.reasons.buttons:
            button.setEnabled(left > 0)

    def _on_reason(self, place: int) -> None:
        self.leave.ask(AuthorisationMode.BY_DUTY, words.DUTY_REASONS[place])

    # The answers ----------------------------------------------------------

    def _on_listed(self, owner: Owner) -> None:
        self.waiting.stop()
        if not owner.matches.rows:
            self._say_not_found(owner)
            return
        self.show_owner(owner)
        self._show_list()
        if not any(row.usable for row in owner.matches.rows):
            self.trouble.show_trouble(
                words.all_unusable(len(owner.matches.rows)),
                words.ways_on(self._asked),
                buttons=self._ways(),
            )
        elif all(row.material != self._code for row in owner.matches.rows):
            self.trouble.show_trouble(
                self._not_found(owner), words.ways_on(self._asked), buttons=self._ways()
            )
        elif self._left:
            self.trouble.show_trouble(words.left_over(self._used, self._left))
            self._left = 0

    def _not_found(self, owner: Owner | None) -> str:
        link = self._asked.certificate
        name = owner.holder.name if owner else self.holder_name()
        return words.nothing_found(name, link.type_name if link else self._asked.name)

    def _say_not_found(self, owner: Owner | None = None) -> None:
        title = self._not_found(owner)
        if self.owner is not None and self.leave.given:
            self._show_list()
            self.trouble.show_trouble(title, words.ways_on(self._asked), buttons=self._ways())
            return
        self.message.say(title, words.ways_on(self._asked), icon="search", buttons=self._ways())
        self.show_part(self.message)
        self.message.buttons[0].setFocus()

    def _on_failed(self, error: ClerkError) -> None:
        """Three answers, three texts: there is none, the library is down, anything else."""
        self.waiting.stop()
        if self.owner is not None and self.leave.owners and self.leave.given:
            self._show_list()
            self.trouble.show_error(error)
            return
        if isinstance(error, RemoteTrouble) and error.kind == _NOT_FOUND:
            self._say_not_found()
            return
        again = Button("再试一次", key="F5")
        again.clicked.connect(self._retry)
        if isinstance(error, RemoteUnavailable):
            said = f"{error}。{words.ways_on(self._asked)}"
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

    # Certificates into the case -------------------------------------------

    def _use(self) -> None:
        pick = self.pick_current()
        if pick is not None:
            self._begin([pick], 0)

    def _use_all(self) -> None:
        """Use whatever raises no question, for all materials at once."""
        if not self.is_listed() or self.uses.busy:
            return
        picks, left = self.pick_all()
        if picks:
            self._begin(picks, left)
        else:
            self.trouble.show_trouble(words.left_over(0, left))

    def _begin(self, picks: list[Pick], left: int) -> None:
        """Ask first whatever a person has to say of the holders, then fetch one after another."""
        self._picks, self._left, self._used = picks, left, 0
        self._go_on()

    def _go_on(self) -> None:
        unasked = self.asks_relation_of(self._picks)
        if unasked is not None:
            self.show_relations(unasked)
            return
        self.trouble.clear()
        pick = self._picks[0]
        self._wait(self.named(pick.row.certificate))
        self.uses.use(self.use_of(pick, self._case))

    def _on_relation(self, place: int) -> None:
        unasked = self.asks_relation_of(self._picks)
        if unasked is not None:
            self._relations_of[unasked.owner.holder.id_number] = RELATIONS[place]
            self._go_on()

    def _on_used(self, fetched: Fetched) -> None:
        (use, files), pick = fetched, self._picks.pop(0)
        self._case = with_certificate(
            self._actions.here, self._case, pick.row.material, use, files, pick.fills, pick.taken
        )
        self._used += 1
        if self._picks:
            self._go_on()
        elif self._left:
            self._done(self._case)
            self.leave.find(case=self._case)
        else:
            self.close_dialog()
            self._done(self._case)

    def _on_not_used(self, error: ClerkError) -> None:
        """Keep what was used before it; say why this one was not."""
        if self._used:
            self._done(self._case)
        self._left = 0
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
            self._show_start(words.CODE_AGAIN)
            self.strip.code.setFocus()
        elif self.is_listed() and self.trouble.text():
            self._use()
        else:
            self.trouble.clear()
            self.leave.find(again=True)

    def _stop(self) -> None:
        """Stop waiting; everything stays as it was before."""
        if self.uses.busy:
            self.uses.stop()
            self._show_list()
            return
        self.leave.stop()
        self.strip.code.setFocus()

    def _on_too_long(self) -> None:
        """One act takes at most twenty seconds; then the socket is closed."""
        self._stop()
        if self.is_listed():
            self.trouble.show_trouble(words.TOO_LONG)
        else:
            self._show_start(words.TOO_LONG)

    def _back(self) -> None:
        """Esc: stop what runs, else one level back, else close."""
        if self.uses.busy or self.leave.busy or self.leave.waits_for_holder:
            self._stop()
        elif self.asks_for_reason():
            self._show_start()
            self.strip.duty.setFocus()
        elif self.asks_for_relation():
            self._show_list()
        elif self.face_is_over_list():
            self.swap_face()
        else:
            self.close_dialog()

    def _on_closed(self) -> None:
        self._seconds.stop()
        self.tell_ready()
        self.strip.code.wipe()
        self.leave.stop()
        self.looks.end()
        self.uses.end()
