"""What proves each material, as the papers and the archived file say it."""

import json

from clerk.documents.material_list import material_list
from clerk.domain.case import CaseEventKind
from clerk.domain.course import event_by
from clerk.domain.intake import with_evidence
from clerk.wording_proof import proof_of, proof_on_paper
from integrations.practice.people import ZHANG_SHILI
from tests.domain.at_the_window import (
    FOOD,
    NOW,
    chief,
    held,
    licence_use,
    noodle_shop_complete,
    with_licence,
)

PREMISES = FOOD.requirement("PREMISES")


def test_a_paper_that_somebody_else_took_bears_his_name_and_not_his_account():
    case, other = noodle_shop_complete(), chief()
    case = case.with_event(event_by(other, CaseEventKind.STEP_DONE, NOW))
    given = held(by=other.account.account_id)

    assert f"{other.account.display_name} 3 月 18 日" in proof_of(PREMISES, given, case).how


def test_a_certificate_numbered_like_its_holder_shows_no_birthday_on_a_paper():
    """A driving licence and a social security card bear the number of their holder."""
    number = ZHANG_SHILI.id_number
    case = with_licence(noodle_shop_complete(), licence_use(number=f"{number}43"))
    asked = FOOD.requirement("LICENCE")

    said = proof_on_paper(asked, case.evidence["LICENCE"], case)

    assert number not in said
    assert f"{number[:6]} ******** {number[-4:]}43" in said
    of_body = with_licence(noodle_shop_complete())
    assert "92990123MA00TE5T2G" in proof_on_paper(asked, of_body.evidence["LICENCE"], of_body)


def test_the_archived_list_says_of_every_material_what_proves_it():
    case = with_evidence(with_licence(noodle_shop_complete()), "PREMISES", held())

    told = {one["code"]: one for one in json.loads(material_list(FOOD, case))}

    assert told.keys() == case.evidence.keys()
    assert (told["PREMISES"]["way"], told["PREMISES"]["by"]) == ("paper", "纸质件")
    assert told["PREMISES"]["how"].startswith("原件 1 份，复印件 1 份，周模拟 3 月 18 日")
    assert told["LICENCE"]["how"].startswith("92990123MA00TE5T2G")
