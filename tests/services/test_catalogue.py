"""The catalogue is changed by two people, on a day, and never behind anybody's back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clerk.domain import intake
from clerk.domain.case import CaseState
from clerk.domain.errors import (
    BadInput,
    NotAcceptable,
    NotAllowed,
    StandardFaulty,
    UnknownItem,
)
from clerk.domain.referral import Referral
from clerk.domain.standard_draft import (
    DraftChanged,
    ExpectedChange,
    ProposalState,
    VerdictChanged,
    draft_faults,
)
from clerk.services import acceptance, catalogue, drafts, standard_drafts, standard_proposals
from clerk.services import standard_publishing as publishing
from clerk.services import standard_reverting as reverting
from clerk.storage import standards
from tests.domain.at_the_window import shop
from tests.services.catalogue_office import (
    BENCH,
    FOOD,
    ITEM,
    SOON,
    TODAY,
    always,
    both_roles,
    renamed,
)
from tests.services.noodle_shop import read_card


def test_a_change_takes_effect_on_its_day_and_a_case_keeps_its_version(office):
    case = drafts.open_case(office.desk, office.window.clerk, office.desk.standard(ITEM, 1))

    office.published(SOON, name="歇业备案（新）")

    assert [office.version_on(day) for day in (TODAY, date(2026, 3, 31), SOON)] == [1, 1, 2]
    assert office.desk.standard(ITEM, 2).name == "歇业备案（新）"
    assert office.desk.standard(case.item_code, case.standard_version).name != "歇业备案（新）"
    newest, first = catalogue.history(office.desk, office.editor, ITEM)
    assert (newest.version, newest.effective_on, newest.reason) == (2, SOON, "改名")
    assert (newest.proposed_by_name, newest.published_by_name) == ("边编写", "费发布")
    assert first.ended_on == date(2026, 3, 31)


def test_a_change_may_begin_today_but_never_yesterday(office):
    office.drafted(name="歇业备案（今天起）")
    with pytest.raises(BadInput, match="2026-03-17 已经过去"):
        office.proposed(date(2026, 3, 17))

    office.publish(office.proposed(TODAY))

    assert office.version_on(TODAY) == 2


def test_a_proposal_whose_day_has_passed_goes_back_to_the_editor(office):
    office.drafted()
    proposal = office.proposed(TODAY)
    office.window.clock.goes_on(days=1)

    with pytest.raises(BadInput, match="改期再送"):
        office.publish(proposal)

    assert office.version_on(date(2026, 3, 19)) == 1


def test_nobody_publishes_what_he_had_a_hand_in(office):
    """Neither what he proposed nor what he only changed; the attempt is written down."""
    office.drafted()
    proposal = office.proposed()

    with pytest.raises(NotAllowed, match="另一位发布人"):
        office.publish(proposal, both_roles(office.editor))
    assert office.version_on(SOON) == 1
    assert office.acts()[-1] == "standard.publish_refused"

    assert office.publish(proposal).state is ProposalState.PUBLISHED
    assert (office.version_on(SOON), office.acts()[-1]) == (2, "standard.published")


def test_whoever_changed_a_draft_of_another_does_not_publish_it(office):
    draft = office.drafted()
    helper = both_roles(office.second)
    standard_drafts.save_draft(office.desk, helper, replace(draft, hands=()))
    proposal = office.proposed()

    with pytest.raises(NotAllowed, match="另一位发布人"):
        office.publish(proposal, office.second)


def test_what_lies_with_the_publisher_is_not_edited(office):
    draft = office.drafted()
    proposal = office.proposed()

    with pytest.raises(DraftChanged, match="送审"):
        office.saved(draft, draft.table)
    with pytest.raises(BadInput, match="已经送审"):
        office.proposed()

    sent = publishing.send_back(office.desk, office.publisher, proposal.proposal_id, "依据没写全")
    assert sent is not None
    assert (sent.state, sent.settled_reason) == (ProposalState.SENT_BACK, "依据没写全")
    assert office.saved(draft, draft.table).revision == draft.revision + 1
    with pytest.raises(BadInput, match="已经有了结果"):
        office.publish(proposal)


def test_only_who_proposed_withdraws(office):
    office.drafted()
    proposal = office.proposed()

    with pytest.raises(NotAllowed, match="边编写提出"):
        standard_proposals.withdraw_proposal(
            office.desk, both_roles(office.second), proposal.proposal_id, "看错"
        )
    withdrawn = standard_proposals.withdraw_proposal(
        office.desk, office.editor, proposal.proposal_id, "看错"
    )

    assert withdrawn is not None
    assert withdrawn.state is ProposalState.WITHDRAWN
    assert standard_proposals.proposals(office.desk, office.publisher) == ()


def test_a_later_change_of_somebody_else_is_never_overwritten(office):
    mine = standard_drafts.begin_draft(office.desk, office.editor, ITEM, 1)
    theirs = standard_drafts.load_draft(office.desk, office.editor, ITEM)
    office.saved(theirs, {**theirs.table, "name": "他人的改动"})

    with pytest.raises(DraftChanged, match="他人修改"):
        office.saved(mine, mine.table)
    with pytest.raises(DraftChanged, match="没有删除"):
        standard_drafts.drop_draft(office.desk, office.editor, mine)

    kept = standard_drafts.load_draft(office.desk, office.editor, ITEM)
    assert (kept.table["name"], kept.revision) == ("他人的改动", 2)


def test_a_draft_may_be_faulty_but_is_not_proposed_so(office):
    """All faults are told at once, each with the name of its item."""
    draft = office.drafted(requirements=[], bases=[])

    assert len(draft_faults(draft.table, TODAY)) >= 2
    with pytest.raises(StandardFaulty) as refused:
        office.proposed()

    assert {fault.split()[0] for fault in refused.value.faults} == {draft.name}
    assert standard_proposals.proposals(office.desk, office.editor) == ()
    assert standard_drafts.load_draft(office.desk, office.editor, ITEM).proposal_id is None


def test_a_publication_is_taken_back_before_its_day(office):
    published = office.published(SOON, name="歇业备案（新）")

    back = reverting.take_back(
        office.desk, office.second, published.proposal_id, "省里推迟", always
    )

    assert back == 1
    (settled,) = standard_proposals.proposals(office.desk, office.editor, ProposalState.TAKEN_BACK)
    assert settled.settled_reason == "省里推迟"
    assert office.version_on(SOON) == 1
    newest, first = catalogue.history(office.desk, office.editor, ITEM)
    assert (newest.taken_back, first.ended_on) == (True, None)
    draft = standard_drafts.load_draft(office.desk, office.editor, ITEM)
    assert (draft.table["name"], draft.base_version) == ("歇业备案（新）", 1)
    with pytest.raises(NotAllowed, match="另一位"):
        office.publish(office.proposed(), both_roles(office.editor))
    office.publish(standard_proposals.proposals(office.desk, office.editor)[0])
    assert office.version_on(SOON) == 3


def test_on_its_day_a_publication_is_only_followed_by_the_old_content(office):
    """Reverting is another version, published in the same way."""
    published = office.published(SOON, name="歇业备案（新）")
    office.window.clock.goes_on(days=14)

    with pytest.raises(BadInput, match="已到生效日期"):
        reverting.take_back(office.desk, office.second, published.proposal_id, "不对", always)
    again = standard_drafts.begin_draft(office.desk, office.editor, ITEM, 1)
    office.publish(office.proposed(SOON))

    assert again.base_version == 2
    assert office.version_on(SOON) == 3
    old, new = office.desk.standard(ITEM, 1), office.desk.standard(ITEM, 3)
    assert replace(new, version=1, effective_on=old.effective_on) == old


def test_a_draft_overtaken_by_a_newer_version_is_refused(office):
    """Publishing it would undo what somebody else has published meanwhile."""
    office.drafted(name="甲")
    proposal = office.proposed()
    office.put(renamed(office.desk.standard(ITEM, 1), ITEM, 2))

    with pytest.raises(StandardFaulty) as refused:
        office.publish(proposal)

    assert refused.value.faults == ("甲 起草后又发布了第2版，请以新版为底稿重做这份草稿",)


def test_a_verdict_that_changes_unexpectedly_stops_the_publication(office, catalogue):
    office.put(catalogue[FOOD])
    fields = standard_drafts.begin_draft(office.desk, office.editor, FOOD, 1)
    table: dict[str, Any] = dict(fields.table)
    asked = [dict(line) for line in table["requirements"]]
    for line in asked:
        if line["code"] == "PREMISES":
            line["copies"] = 2
    office.saved(fields, {**table, "requirements": asked, "fields": _needing_more(table)})
    proposal = office.proposed(SOON, FOOD)

    rehearsed = standard_proposals.rehearse(
        office.desk, office.publisher, BENCH, proposal.proposal_id, always
    )
    with pytest.raises(VerdictChanged) as stopped:
        office.publish(proposal)

    changed = stopped.value.changed
    assert rehearsed is not None
    assert rehearsed.unexpected == changed
    assert changed
    assert {one.item_code for one in changed} == {FOOD}
    assert (office.version_on(SOON, FOOD), office.acts().count("standard.published")) == (1, 0)

    publishing.send_back(office.desk, office.publisher, proposal.proposal_id, "写明")
    expected = [ExpectedChange(item_code=FOOD, sample=one.sample) for one in changed]
    office.publish(office.proposed(SOON, FOOD, expected=expected))
    assert office.version_on(SOON, FOOD) == 2


def _needing_more(table):
    """The form with one more line that every applicant must fill in and nothing fills."""
    first = next(line for line in table["fields"] if line["kind"] == "text")
    more = {"code": "extra", "label": "新增事项", "kind": "text", "basis": first["basis"]}
    return [*table["fields"], more]


def test_a_sample_bent_to_fit_still_tells_what_changed(office, catalogue):
    """The old samples are run as they were, too."""
    office.put(catalogue[FOOD])
    draft = standard_drafts.begin_draft(office.desk, office.editor, FOOD, 1)
    samples: dict[str, Any] = dict(BENCH.shipped(FOOD) or {})
    fields = {**samples["base"]["fields"], "extra": "写了"}
    bent = {**samples, "base": {**samples["base"], "fields": fields}}
    changed = replace(
        draft, table={**draft.table, "fields": _needing_more(draft.table)}, samples=bent
    )
    standard_drafts.save_draft(office.desk, office.editor, changed)

    with pytest.raises(VerdictChanged):
        office.publish(office.proposed(SOON, FOOD))


def test_samples_that_were_taken_away_stay_away_until_that_is_reverted(office):
    """Those that ship with the item come back with the version they belong to, not before."""
    shipped = BENCH.shipped(ITEM)
    assert shipped
    draft = office.drafted(name="停业登记")
    standard_drafts.save_draft(office.desk, office.editor, replace(draft, samples={}))
    published = office.publish(office.proposed(TODAY))
    assert published is not None

    def samples_of(version):
        return catalogue.samples_of(office.desk, office.editor, BENCH, ITEM, version)

    assert [samples_of(version) for version in (1, 2)] == [shipped, {}]

    reverting.revert(
        office.desk, office.editor, BENCH, published.proposal_id, "改回", "取消", always
    )

    assert standard_drafts.load_draft(office.desk, office.editor, ITEM).samples == shipped
    office.publish(office.proposed(SOON))
    assert samples_of(3) == shipped


def test_an_item_code_is_given_once(office):
    with pytest.raises(BadInput, match="已有事项"):
        standard_drafts.new_draft(office.desk, office.editor, {"item_code": ITEM})
    with pytest.raises(BadInput, match="还没有编码"):
        standard_drafts.new_draft(office.desk, office.editor, {"name": "无码"})
    draft = standard_drafts.new_draft(office.desk, office.editor, {"item_code": "new_one"})
    with pytest.raises(BadInput, match="编码改动"):
        office.saved(draft, {"item_code": ITEM})
    with pytest.raises(UnknownItem):
        standard_drafts.begin_draft(office.desk, office.editor, "nowhere", 1)


def test_only_versions_of_this_store_are_answered(office):
    with pytest.raises(UnknownItem, match="不在本机"):
        catalogue.read_version(office.desk, office.editor, ITEM, 9)
    assert catalogue.samples_of(office.desk, office.editor, BENCH, FOOD, 1)["item_code"] == FOOD
    assert catalogue.version_on(office.desk, office.editor, ITEM, TODAY) == 1


def test_many_versions_are_ended_in_the_order_of_their_days(office, catalogue):
    """What is published later may begin earlier."""
    office.published(SOON, name="四月版")
    office.drafted(name="三月下旬版")
    office.publish(office.proposed(date(2026, 3, 25)))

    days = (TODAY, date(2026, 3, 25), date(2026, 3, 31), SOON, date(2027, 1, 1))
    assert [office.version_on(day) for day in days] == [1, 3, 3, 2, 2]
    with office.desk.store.read() as tx:
        ends = [line.ended_on for line in standards.lines(tx)]
    assert ends == [date(2026, 3, 24), None, date(2026, 3, 31)]


def test_a_draft_opened_before_the_change_is_taken_in_under_the_new_version(office):
    """What was typed stays; what the new version does not ask for goes."""
    desk, clerk = office.desk, office.window.clerk
    opened = drafts.open_case(desk, clerk, desk.standard(ITEM, 1))
    named = intake.with_person(opened, read_card(office.window), _kinds(office))
    named = intake.with_body(named, shop())
    typed = intake.with_value(named, "phone", "13800000147", desk.now())
    typed = intake.with_value(typed, "cause_note", "停工整修", desk.now())
    kept = drafts.save_draft(desk, clerk, typed)
    old = desk.standard(ITEM, 1)
    fields = tuple(line for line in old.fields if line.code != "cause_note")
    office.put(replace(old, version=2, effective_on=TODAY, fields=fields))

    with pytest.raises(NotAcceptable, match="第2版办理，这份草稿还是旧版"):
        acceptance.decline_case(desk, clerk, kept, _first_reason(office), Referral())
    resumed = drafts.load_case(desk, clerk, kept.case_id)

    assert (resumed.standard_version, kept.standard_version) == (2, 1)
    assert set(resumed.values) >= {"phone"}
    assert "cause_note" not in resumed.values
    assert (
        acceptance.decline_case(desk, clerk, resumed, _first_reason(office), Referral()).state
        is CaseState.DECLINED
    )


def test_a_case_that_was_received_goes_on_under_its_version(office):
    desk, clerk = office.desk, office.window.clerk
    opened = drafts.open_case(desk, clerk, desk.standard(ITEM, 1))
    received = office.window.put(replace(opened, state=CaseState.RECEIVED))
    office.published(TODAY, name="停业登记")

    assert drafts.load_case(desk, clerk, received.case_id).standard_version == 1


def _kinds(office):
    return office.desk.standard(ITEM, 1).applicant_kinds


def _first_reason(office):
    reasons = office.desk.standard(ITEM, 1).decline_reasons
    return next(one.code for one in reasons if not one.needs_competent_body)
