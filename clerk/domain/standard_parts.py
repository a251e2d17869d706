"""Reads the parts of an item standard, each out of its own table."""

from clerk.domain.computed import ARITHMETIC, Computed, ComputedKind
from clerk.domain.condition_parsing import moved_day, optional_condition
from clerk.domain.errors import BadInput
from clerk.domain.fee_terms import Exemption, Fee, Payee
from clerk.domain.limits import Clause, Limit, LimitUnit
from clerk.domain.promise_terms import CheckMethod, PromiseExclusion, PromiseTerms
from clerk.domain.rule import Rule, RuleKind
from clerk.domain.shared_data import SharedSource
from clerk.domain.standard import (
    CertificateLink,
    ChainStep,
    CodedValue,
    DeclineReason,
    Delegation,
    FieldKind,
    FileFormat,
    FormField,
    ImplementingBody,
    ItemResult,
    Option,
    Promise,
    Question,
    Requirement,
    ReviewPoint,
    SpecialProcedure,
    StepKind,
    Way,
)
from clerk.domain.toml_reading import Table


def coded(table: Table, key: str) -> CodedValue:
    """Read ``{ code, set, label }``."""
    below = table.table(key)
    value = _coded(below)
    below.close()
    return value


def coded_list(table: Table, key: str) -> tuple[CodedValue, ...]:
    """Read a list of coded values, at least one."""
    values = []
    for line in table.tables(key, required=True):
        values.append(_coded(line))
        line.close()
    return tuple(values)


def _coded(table: Table) -> CodedValue:
    return CodedValue(
        code=table.text("code"), code_set=table.text("set"), label=table.text("label")
    )


def clause(table: Table, key: str = "basis") -> Clause:
    """Read ``{ law, article, gist }``; law and article must be named."""
    below = table.table(key)
    value = _clause(below)
    below.close()
    return value


def clauses(table: Table, key: str) -> tuple[Clause, ...]:
    """Read a list of clauses, at least one."""
    values = []
    for line in table.tables(key, required=True):
        values.append(_clause(line))
        line.close()
    return tuple(values)


def _clause(table: Table) -> Clause:
    return Clause(law=table.text("law"), article=table.text("article"), gist=table.text("gist", ""))


def limit(table: Table, key: str) -> Limit:
    """Read ``{ amount, unit, note }``."""
    below = table.table(key)
    value = Limit(
        amount=below.integer("amount"),
        unit=below.word("unit", LimitUnit),
        note=below.text("note", ""),
    )
    below.close()
    return value


def body(table: Table) -> ImplementingBody:
    """Read the implementing body (实施主体)."""
    below = table.table("body")
    value = ImplementingBody(
        name=below.text("name"),
        short_name=below.text("short_name"),
        code=below.text("code"),
        kind=coded(below, "kind"),
        document_mark=below.text("document_mark"),
        phone=below.text("phone"),
        supervise_phone=below.text("supervise_phone"),
        address=below.text("address"),
    )
    below.close()
    return value


def result(table: Table) -> ItemResult:
    """Read what the applicant gets (办理结果)."""
    below = table.table("result")
    value = ItemResult(
        kind=coded(below, "kind"),
        name=below.text("name"),
        certificate_type_code=below.text("certificate_type_code", ""),
        validity=below.text("validity", ""),
    )
    below.close()
    return value


def chain_step(table: Table) -> ChainStep:
    """Read a level of the chain (办理链)."""
    return ChainStep(
        code=table.text("code"),
        name=table.text("name"),
        by=table.text("by"),
        limit=limit(table, "limit"),
        kind=table.word("kind", StepKind) if table.has("kind") else StepKind.OPINION,
        passes_on=table.flag("passes_on", default=False),
        basis=clause(table) if table.has("basis") else None,
    )


def delegation(table: Table) -> Delegation:
    """Read a leave for a window (授权受理)."""
    return Delegation(
        counter_code=table.text("counter_code"),
        from_on=table.day("from_on"),
        until_on=table.day("until_on"),
        document=table.text("document"),
    )


def procedure(table: Table) -> SpecialProcedure:
    """Read a special procedure (特别程序)."""
    return SpecialProcedure(
        name=table.text("name"),
        extends=table.flag("extends"),
        days=table.integer("days"),
        basis=clause(table),
    )


def fee(table: Table) -> Fee:
    """Read a listed charge."""
    return Fee(
        name=table.text("name"),
        standard=table.text("standard"),
        amount_fen=table.integer("amount_fen"),
        basis=clause(table),
        reducible=table.flag("reducible", default=False),
        code=table.text("code", ""),
        exemptions=_exemptions(table),
        before_result=table.flag("before_result", default=True),
        per=table.text("per", ""),
        unit=table.text("unit", ""),
        free=table.integer("free", 0),
        when=optional_condition(table, "when"),
        payee=table.word("payee", Payee) if table.has("payee") else Payee.TREASURY,
        income_code=table.text("income_code", ""),
    )


def _exemptions(table: Table) -> tuple[Exemption, ...]:
    found = []
    for line in table.tables("exemptions"):
        found.append(
            Exemption(
                code=line.text("code"), label=line.text("label"), proof=line.text("proof", "")
            )
        )
        line.close()
    return tuple(found)


def _options(table: Table) -> tuple[Option, ...]:
    options = []
    for line in table.tables("options"):
        options.append(Option(code=line.text("code"), label=line.text("label")))
        line.close()
    return tuple(options)


def question(table: Table) -> Question:
    """Read a question (情形)."""
    return Question(
        code=table.text("code"),
        text=table.text("text"),
        options=_options(table),
        basis=clause(table),
        known_from=table.text("known_from", ""),
        when=optional_condition(table, "when"),
    )


def computed(table: Table) -> Computed | None:
    """Read what a line is worked out from: ``{ sum = [...] }``, ``{ age = "…" }`` and so on."""
    below = table.readable_table("computed") if table.has("computed") else None
    if below is None:
        return None
    given = [kind for kind in ComputedKind if below.has(kind.value)]
    found = None
    if len(given) != 1:
        allowed = "、".join(ComputedKind)
        below.faults.append(BadInput(f"{below.at('?')}：要恰好用一种算法：{allowed}"))
    elif given[0] in ARITHMETIC:
        found = Computed(kind=given[0], of=below.texts(given[0].value, required=True))
    elif given[0] is ComputedKind.AGE:
        found = Computed(kind=ComputedKind.AGE, path=below.text("age"))
    else:
        found = Computed(kind=ComputedKind.DATE, day=moved_day(below, "date"))
    below.close()
    return found


def form_field(table: Table) -> FormField:
    """Read a line of the form."""
    return FormField(
        code=table.text("code"),
        label=table.text("label"),
        kind=table.word("kind", FieldKind),
        basis=clause(table),
        unit=table.text("unit", ""),
        required=table.flag("required", default=True),
        options=_options(table),
        prefill=table.texts("prefill"),
        at_least=table.number("at_least"),
        at_most=table.number("at_most"),
        max_length=table.integer("max_length", 200),
        hint=table.text("hint", ""),
        computed=computed(table),
        when=optional_condition(table, "when"),
    )


def review_point(table: Table) -> ReviewPoint:
    """Read a review point (审查要点)."""
    return ReviewPoint(
        code=table.text("code"),
        text=table.text("text"),
        basis=clause(table),
        for_chief=table.flag("for_chief", default=False),
    )


def review_points(table: Table, key: str) -> tuple[ReviewPoint, ...]:
    """Read a list of review points."""
    points = []
    for line in table.tables(key):
        points.append(review_point(line))
        line.close()
    return tuple(points)


def _certificate(table: Table) -> CertificateLink | None:
    if not table.has("certificate"):
        return None
    below = table.table("certificate")
    link = CertificateLink(
        type_code=below.text("type_code"),
        type_name=below.text("type_name"),
        holder=below.text("holder"),
        fills=below.plain_texts("fills"),
    )
    below.close()
    return link


def _promise(table: Table) -> Promise | None:
    if not table.has("promise"):
        return None
    below = table.table("promise")
    promise = Promise(
        template=below.text("template"),
        must_be_true=below.text("must_be_true"),
        check=below.text("check"),
        public=below.text("public"),
        excluded=below.text("excluded"),
        basis=clause(below),
        terms=PromiseTerms(
            check=below.word("check_method", CheckMethod),
            check_within_workdays=below.integer("check_within_workdays"),
            agent_may=below.flag("agent_may", default=True),
        ),
    )
    below.close()
    return promise


def _exclusion(table: Table) -> PromiseExclusion | None:
    return table.word("never_promised", PromiseExclusion) if table.has("never_promised") else None


def _shared(table: Table) -> SharedSource | None:
    return table.word("shared_source", SharedSource) if table.has("shared_source") else None


def _formats(table: Table) -> tuple[FileFormat, ...]:
    return table.words("file_formats", FileFormat) if table.has("file_formats") else ()


def requirement(table: Table) -> Requirement:
    """Read a line of the list of materials."""
    return Requirement(
        code=table.text("code"),
        name=table.text("name"),
        necessity=coded(table, "necessity"),
        material_kind=coded(table, "material_kind"),
        copy_kind=coded(table, "copy_kind"),
        form=coded(table, "form"),
        originals=table.integer("originals"),
        copies=table.integer("copies"),
        source=coded(table, "source"),
        issuer=table.text("issuer"),
        where_to_get=table.text("where_to_get"),
        acceptance_standard=table.text("acceptance_standard"),
        basis=clause(table),
        main=table.flag("main"),
        ways=table.words("ways", Way),
        page_format=table.text("page_format", "A4"),
        fill_note=table.text("fill_note", ""),
        max_age_days=table.optional_integer("max_age_days"),
        min_validity_days=table.optional_integer("min_validity_days"),
        signature_by=table.text("signature_by", ""),
        needs_seal=table.flag("needs_seal", default=False),
        generated_from_form=table.flag("generated_from_form", default=False),
        read_from_card=table.text("read_from_card", ""),
        certificate=_certificate(table),
        promise=_promise(table),
        never_promised=_exclusion(table),
        deferral_workdays=table.optional_integer("deferral_workdays"),
        exemption=table.text("exemption", ""),
        shared_source=_shared(table),
        review_points=review_points(table, "review_points"),
        pages_at_least=table.optional_integer("pages_at_least"),
        pages_at_most=table.optional_integer("pages_at_most"),
        file_formats=_formats(table),
        max_age_months=table.optional_integer("max_age_months"),
        valid_on=table.text("valid_on", ""),
        issuers=table.texts("issuers"),
        signers=table.texts("signers"),
        not_needed_with=table.texts("not_needed_with"),
        shared_says=table.texts("shared_says"),
        when=optional_condition(table, "when"),
    )


def rule(table: Table) -> Rule:
    """Read a rule across the case."""
    return Rule(
        code=table.text("code"),
        kind=table.word("kind", RuleKind),
        text=table.text("text"),
        remedy=table.text("remedy"),
        basis=clause(table),
        group=table.text("group"),
        hard=table.flag("hard", default=True),
        must=optional_condition(table, "must"),
        subjects=table.texts("subjects"),
        when=optional_condition(table, "when"),
        ends=table.text("ends", ""),
        competent_body=table.text("competent_body", ""),
        tolerance=table.number("tolerance"),
        tolerance_percent=table.number("tolerance_percent"),
        units=table.texts("units"),
    )


def decline_reason(table: Table) -> DeclineReason:
    """Read a listed reason to say no before acceptance."""
    return DeclineReason(
        code=table.text("code"),
        text=table.text("text"),
        basis=clause(table),
        not_required=table.flag("not_required"),
        needs_competent_body=table.flag("needs_competent_body"),
    )
