"""What 承诺书模板 may ask for, bound to this desk and person."""

from functools import partial
from uuid import UUID

from clerk.app import standard_files
from clerk.domain.identity import Act, Session
from clerk.domain.standard_lint import LintKnowledge
from clerk.services import letter_template_import, letter_template_use, letter_templates
from clerk.services.desk import Desk
from clerk.services.letter_templates import TemplateRef
from clerk.ui.letter_templates_actions import LetterTemplateActions
from clerk.values import replace


def letter_template_actions(desk: Desk, session: Session) -> LetterTemplateActions:
    """Return the use cases; who may what is checked by each of them."""

    def ref(code: str, template_id: UUID | None) -> TemplateRef:
        return TemplateRef(code=code, template_id=template_id)

    return LetterTemplateActions(
        account_id=session.account.account_id,
        today=desk.today,
        may_edit=session.may(Act.EDIT_STANDARDS),
        may_publish=session.may(Act.PUBLISH_STANDARDS),
        shelf=partial(letter_templates.letter_shelf, desk, session),
        faults=lambda code, which: letter_templates.letter_faults(desk, session, ref(code, which)),
        pages=lambda code, which, width: letter_templates.letter_pages(
            desk, session, ref(code, which), width
        ),
        check=partial(letter_template_import.check_letter_file, desk, session),
        take=partial(letter_template_import.take_letter_file, desk, session),
        propose=partial(letter_template_use.propose_template, desk, session),
        withdraw=partial(letter_template_use.withdraw_template, desk, session),
        drop=partial(letter_template_use.drop_template, desk, session),
        use=partial(letter_template_use.use_template, desk, session),
        send_back=partial(letter_template_use.send_template_back, desk, session),
        retire=partial(letter_template_use.retire_template, desk, session),
    )


def lint_knowledge(desk: Desk, session: Session) -> LintKnowledge:
    """Return what the lint of standards has to know, the bureau's own letters among it."""
    known = standard_files.lint_knowledge()
    return replace(known, letters=letter_templates.known_codes(desk, session))
