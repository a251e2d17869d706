"""What the law of each kind of item says of its clock (行政许可, 给付, 确认, 备案, 登记 …).

A permit's rules are the permit's alone: that silence accepts, that the result goes out within ten
working days. What a kind's law does not say is absent here, and then no rule runs.
"""

from collections.abc import Iterable, Mapping

from clerk.domain.errors import BadInput
from clerk.domain.limits import Clause, Limit
from clerk.domain.standard import LawKind
from clerk.domain.standard_parts import clause, limit
from clerk.domain.toml_reading import Table
from clerk.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLaw:
    """The clock of one kind of item, each rule with the clause it stands on.

    ``silence`` is the clause by which an application counts as accepted (视为受理) where nobody
    told anything in time; None where silence means nothing. ``delivery_limit`` is the term within
    which a decided result must reach the applicant. ``ends_at_window``: there is nothing to decide
    after acceptance (备案, 即收即办). ``statement_limit`` is how long the applicant may speak before
    a refusal (陈述、申辩); None where he need not be asked.
    """

    kind: LawKind
    name: str
    silence: Clause | None
    delivery_limit: Limit | None
    delivery: Clause | None
    ends_at_window: bool
    statement_limit: Limit | None = None
    statement: Clause | None = None
    acceptance: Clause | None = None
    """The clause that a notice of acceptance cites; None: the item's own basis."""
    correction: Clause | None = None
    """The clause that a one-time notice cites; None: the item's own basis."""


def kind_laws_from(files: Iterable[Mapping[str, object]]) -> Mapping[LawKind, KindLaw]:
    """Read the parsed ``resources/laws/<kind>.toml`` files; every kind must be there once.

    Raises:
        BadInput: a file does not parse, a kind comes twice, or one is missing.
    """
    laws: dict[LawKind, KindLaw] = {}
    for data in files:
        faults: list[BadInput] = []
        law = _kind_law(Table(data, "", faults))
        if faults:
            raise BadInput(f"法律种类文件读不懂（{faults[0]}），没有启用，请恢复随程序的文件")
        if law.kind in laws:
            raise BadInput(f"法律种类“{law.name}”有两个文件，没有启用，请只留一个")
        laws[law.kind] = law
    missing = [kind.value for kind in LawKind if kind not in laws]
    if missing:
        raise BadInput(f"缺少法律种类文件 {missing[0]}.toml，没有启用，请恢复随程序的文件")
    return laws


def _kind_law(table: Table) -> KindLaw:
    delivery = table.readable_table("delivery") if table.has("delivery") else None
    statement = table.readable_table("statement") if table.has("statement") else None
    law = KindLaw(
        kind=table.word("kind", LawKind),
        name=table.text("name"),
        silence=clause(table, "silence") if table.has("silence") else None,
        delivery_limit=limit(delivery, "limit") if delivery else None,
        delivery=clause(delivery) if delivery else None,
        ends_at_window=table.flag("ends_at_window"),
        statement_limit=limit(statement, "limit") if statement else None,
        statement=clause(statement) if statement else None,
        acceptance=clause(table, "acceptance") if table.has("acceptance") else None,
        correction=clause(table, "correction") if table.has("correction") else None,
    )
    for below in (delivery, statement):
        if below:
            below.close()
    table.close()
    return law
