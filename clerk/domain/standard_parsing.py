"""Makes an item standard out of its parsed TOML, or says everything that is wrong with it.

Parsing the text itself is the caller's (``tomllib.loads``): this module is pure. The vocabulary
is described in docs/standard-format.md.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from clerk.domain import standard_parts as parts
from clerk.domain.errors import BadInput, StandardFaulty
from clerk.domain.party import PartyKind
from clerk.domain.standard import DecidedBy, ItemStandard, LawKind
from clerk.domain.standard_faults import faults_in
from clerk.domain.toml_reading import Table

Part = TypeVar("Part")


def standard_from(mapping: Mapping[str, object]) -> ItemStandard:
    """Return the standard that ``mapping`` says.

    Raises:
        StandardFaulty: it has faults; all of them are listed, those of form and those of sense.
    """
    faults: list[BadInput] = []
    table = Table(mapping, "", faults)
    standard = _standard(table)
    charged = table.flag("charged")
    table.close()
    if charged != bool(standard.fees):
        faults.append(BadInput("charged：与收费项目 fees 不一致（收费必须列出项目，不收费不列）"))
    faults.extend(faults_in(standard))
    if faults:
        raise StandardFaulty(
            f"事项标准“{standard.name or standard.item_code}”有{len(faults)}处问题，没有采用。"
            "请按所列各处改正后再发布",
            tuple(dict.fromkeys(map(str, faults))),
        )
    return standard


def readable_from(mapping: Mapping[str, object]) -> ItemStandard:
    """Return what can be read of a faulty draft, for naming its questions, lines and materials.

    What cannot be read is empty in it: nothing may be checked or published by it.
    """
    return _standard(Table(mapping, "", []))


def _standard(table: Table) -> ItemStandard:
    return ItemStandard(
        item_code=table.text("item_code"),
        name=table.text("name"),
        version=table.integer("version"),
        effective_on=table.day("effective_on"),
        ended_on=table.optional_day("ended_on"),
        state=parts.coded(table, "state"),
        catalog_code=table.text("catalog_code"),
        task_code=table.text("task_code"),
        handle_item_code=table.text("handle_item_code", ""),
        local_code=table.text("local_code", ""),
        item_type=parts.coded(table, "item_type"),
        law_kind=table.word("law_kind", LawKind),
        project_type=parts.coded(table, "project_type"),
        decided_by=table.word("decided_by", DecidedBy),
        body=parts.body(table),
        bases=parts.clauses(table, "bases"),
        use_level=parts.coded(table, "use_level"),
        power_source=parts.coded(table, "power_source"),
        service_objects=parts.coded_list(table, "service_objects"),
        applicant_kinds=table.words("applicant_kinds", PartyKind),
        statutory_limit=parts.limit(table, "statutory_limit"),
        promised_limit=parts.limit(table, "promised_limit"),
        decision_limit_workdays=table.optional_integer("decision_limit_workdays"),
        acceptance_conditions=table.texts("acceptance_conditions", required=True),
        process=table.texts("process", required=True),
        special_procedures=_each(table, "special_procedures", parts.procedure),
        handling_forms=parts.coded_list(table, "handling_forms"),
        visits=table.integer("visits"),
        visit_reason=table.text("visit_reason", ""),
        place=table.text("place"),
        hours=table.text("hours"),
        consult=table.text("consult"),
        fees=_each(table, "fees", parts.fee),
        result=parts.result(table),
        remedies=table.text("remedies", ""),
        starter=table.flag("starter", default=False),
        delegations=_each(table, "delegations", parts.delegation),
        questions=_each(table, "questions", parts.question),
        fields=_each(table, "fields", parts.form_field),
        requirements=_each(table, "requirements", parts.requirement, required=True),
        rules=_each(table, "rules", parts.rule),
        decline_reasons=_each(table, "decline_reasons", parts.decline_reason, required=True),
        return_reasons=parts.review_points(table, "return_reasons"),
        chief_points=parts.review_points(table, "chief_points"),
        site_points=parts.review_points(table, "site_points"),
        chain=_each(table, "chain", parts.chain_step),
        opinions=table.texts("opinions"),
        on_site_check=table.flag("on_site_check", default=False),
        offline=table.flag("offline", default=False),
        aliases=table.texts("aliases"),
        elements=table.plain_texts("elements"),
    )


def _each(
    table: Table, key: str, read: Callable[[Table], Part], *, required: bool = False
) -> tuple[Part, ...]:
    found = []
    for line in table.tables(key, required=required):
        found.append(read(line))
        line.close()
    return tuple(found)
