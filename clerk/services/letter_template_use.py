"""Taking a letter template into use by two people (启用), and ending its use (停用)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from clerk.domain import letter_template
from clerk.domain.errors import NotAllowed
from clerk.domain.identity import Act, Session
from clerk.domain.letter_template import LetterTemplate
from clerk.services.desk import Desk
from clerk.services.records import record
from clerk.storage import letter_templates


def propose_template(
    desk: Desk, session: Session, template_id: UUID, used_from: date, reason: str
) -> LetterTemplate:
    """Lay an imported template before a publisher for a day.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: it is proposed already, the day has passed, or no reason is given.
    """
    session.require(Act.EDIT_STANDARDS)

    def propose(one: LetterTemplate) -> LetterTemplate:
        return letter_template.proposed(
            one, session.account, used_from, reason, desk.now(), desk.today()
        )

    return _change(desk, session, template_id, propose, "letter_template.proposed")


def withdraw_template(desk: Desk, session: Session, template_id: UUID) -> LetterTemplate:
    """Take back what one has proposed oneself, before anybody has decided.

    Raises:
        NotAllowed: another person proposed it.
        BadInput: it does not lie with a publisher.
    """
    session.require(Act.EDIT_STANDARDS)
    return _change(
        desk,
        session,
        template_id,
        lambda one: letter_template.withdrawn(one, session.account, desk.now()),
        "letter_template.withdrawn",
    )


def drop_template(desk: Desk, session: Session, template_id: UUID) -> LetterTemplate:
    """Put away a template that was never used.

    Raises:
        NotAllowed: the role does not edit standards.
        BadInput: it was proposed or used.
    """
    session.require(Act.EDIT_STANDARDS)
    return _change(
        desk,
        session,
        template_id,
        lambda one: letter_template.dropped(one, session.account, desk.now()),
        "letter_template.dropped",
    )


def send_template_back(
    desk: Desk, session: Session, template_id: UUID, reason: str
) -> LetterTemplate:
    """Give a proposal back with the reason.

    Raises:
        NotAllowed: the role does not publish.
        BadInput: it does not lie with a publisher, or no reason is given.
    """
    session.require(Act.PUBLISH_STANDARDS)
    return _change(
        desk,
        session,
        template_id,
        lambda one: letter_template.sent_back(one, session.account, desk.now(), reason),
        "letter_template.sent_back",
    )


def retire_template(desk: Desk, session: Session, template_id: UUID, reason: str) -> LetterTemplate:
    """End the use of a template at once; letters made from it stay as they are.

    Raises:
        NotAllowed: the role does not publish.
        BadInput: it is not in use, or no reason is given.
    """
    session.require(Act.PUBLISH_STANDARDS)
    return _change(
        desk,
        session,
        template_id,
        lambda one: letter_template.retired(one, session.account, desk.now(), reason, desk.today()),
        "letter_template.retired",
    )


def use_template(desk: Desk, session: Session, template_id: UUID) -> LetterTemplate:
    """Take a proposed template into use from its day on; the one before ends the day before.

    Raises:
        NotAllowed: the role does not publish, or the person imported or proposed it.
        BadInput: it is not proposed, its day has passed, or a later version waits for its day.
        StoreDamaged: its bytes are not those that were imported.
    """
    session.require(Act.PUBLISH_STANDARDS)
    _require_second_person(desk, session, template_id)
    with desk.store.begin() as tx:
        one = _held(tx, template_id)
        letter_templates.content_of(tx, one.sha256)
        others = [
            other
            for other in letter_templates.of_code(tx, one.code)
            if other.template_id != template_id
        ]
        used, *ended = letter_template.taken_into_use(
            one, others, session.account, desk.now(), desk.today()
        )
        for changed in (used, *ended):
            letter_templates.put(tx, changed)
        _note(desk, tx, session, used, "letter_template.used")
    return used


def _require_second_person(desk: Desk, session: Session, template_id: UUID) -> None:
    """Refuse, and write down, that somebody takes into use what he had a hand in."""
    with desk.store.begin() as tx:
        one = letter_templates.find(tx, template_id)
        own = one.had_a_hand(session.account.account_id)
        if own:
            _note(desk, tx, session, one, "letter_template.use_refused")
    if own:
        raise NotAllowed("自己导入或提出的模板不能自己启用，没有启用。请另一位发布人来启用")


def _change(
    desk: Desk,
    session: Session,
    template_id: UUID,
    change: Callable[[LetterTemplate], LetterTemplate],
    act: str,
) -> LetterTemplate:
    with desk.store.begin() as tx:
        changed = change(_held(tx, template_id))
        letter_templates.put(tx, changed)
        _note(desk, tx, session, changed, act)
    return changed


def _held(tx: Connection, template_id: UUID) -> LetterTemplate:
    """Return a template while no other station changes one of its code."""
    code = letter_templates.find(tx, template_id).code
    rows = letter_templates.of_code(tx, code, to_change=True)
    return next(one for one in rows if one.template_id == template_id)


def _note(desk: Desk, tx: Connection, session: Session, one: LetterTemplate, act: str) -> None:
    record(
        desk,
        tx,
        session,
        act,
        code=one.code,
        version=one.version,
        sha256=one.sha256,
        used_from=one.used_from.isoformat() if one.used_from else "",
        reason=one.settled_reason or one.reason,
    )
