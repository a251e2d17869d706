"""Sample cases of an item: who applies, what lies on the desk, and what the check must say.

One file per item (``resources/samples/<item_code>.toml``, docs/sample-format.md). This module reads
it; ``sample_run`` lays the case on the desk and compares. Days are relative to the day on which a
sample is run, so that it stays true.
"""

import re
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Final

from clerk.domain.certificate import CertificateStatus
from clerk.domain.errors import BadInput, SamplesFaulty
from clerk.domain.residents import Sex
from clerk.domain.toml_reading import Table
from clerk.values import dataclass


class Expected(StrEnum):
    """What the check must say of a sample."""

    ACCEPT = "accept"
    DEFERRAL = "deferral"
    RECEIVE = "receive"
    NOTICE = "notice"
    GAPS = "gaps"
    NOT_REQUIRED = "not_required"
    NOT_OURS = "not_ours"


class GivenAs(StrEnum):
    """How a material of a sample is given; USUAL is in order, the simplest way."""

    USUAL = "usual"
    PAPER = "paper"
    SCAN = "scan"
    FILE = "file"
    CARD = "card"
    MADE = "made"
    CERTIFICATE = "certificate"
    SHARED_DATA = "shared_data"
    COMMITMENT = "commitment"
    DEFERRAL = "deferral"
    EXEMPT = "exempt"
    MISSING = "missing"


class SampleMandate(StrEnum):
    """Whether the handler's mandate carries."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWho:
    """A name out of the people of the samples, perhaps of another age or sex."""

    key: str
    age: int | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleMaterial:
    """How one material is given and what is wrong with it; what is None is as it should be.

    ``issued_days_ago`` and ``valid_days`` count from the day of the check. ``face`` are values of a
    certificate beside those of the people's own, or of what a source of shared data says beside
    what the material wants of it. ``unseen`` are points nobody has looked at.
    """

    given: GivenAs = GivenAs.USUAL
    originals: int | None = None
    copies: int | None = None
    issued_days_ago: int | None = None
    valid_days: int | None = None
    pages: int | None = None
    signed: bool | None = None
    sealed: bool | None = None
    unfit: str = ""
    points: Mapping[str, bool] = field(default_factory=dict)
    unseen: tuple[str, ...] = ()
    face: Mapping[str, str] = field(default_factory=dict)
    holder: str = ""
    issuer: str = ""
    status: CertificateStatus = CertificateStatus.VALID


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample case. ``names`` are codes, perhaps with ``.check`` or ``.POINT`` behind them.

    ``why`` is what its editor says of an outcome that he changed.
    """

    name: str
    expect: Expected
    applicant: SampleWho
    names: tuple[str, ...] = ()
    handler: SampleWho | None = None
    mandate: SampleMandate = SampleMandate.SIGNED
    counter: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, SampleMaterial] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    asks_not: tuple[str, ...] = ()
    warns: tuple[str, ...] | None = None
    bad_credit: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSamples:
    """All samples of one item, whatever version is checked against them."""

    item_code: str
    samples: tuple[Sample, ...]


class _SexWord(StrEnum):
    MALE = "male"
    FEMALE = "female"


_SEXES: Final = {_SexWord.MALE: Sex.MALE, _SexWord.FEMALE: Sex.FEMALE}
_NAMELESS: Final = frozenset({Expected.ACCEPT, Expected.DEFERRAL, Expected.RECEIVE})
_SHAPE = re.compile(r"[0-9A-Za-z_]+(\.[0-9A-Za-z_]+)?")


def samples_from(mapping: Mapping[str, object]) -> ItemSamples:
    """Return the samples that ``mapping`` says.

    Raises:
        SamplesFaulty: it has faults of form; all of them are listed.
    """
    faults: list[BadInput] = []
    table = Table(mapping, "", faults)
    code = table.text("item_code")
    base = table.table("base") if table.has("base") else Table({}, "base", faults)
    shared = _Shared.read(base)
    base.close()
    samples = []
    for line in table.tables("samples", required=True):
        samples.append(_sample(line, shared))
        line.close()
    table.close()
    names = [sample.name for sample in samples]
    twice = dict.fromkeys(name for name in names if names.count(name) > 1)
    faults.extend(BadInput(f"samples：有两个样例都叫“{name}”") for name in twice)
    if faults:
        raise SamplesFaulty(
            f"事项{code}的样例有{len(faults)}处问题，没有采用。请按所列各处改正",
            tuple(dict.fromkeys(map(str, faults))),
        )
    return ItemSamples(item_code=code, samples=tuple(samples))


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a table says of the case itself; of the base, and again of every sample."""

    applicant: SampleWho | None
    handler: SampleWho | None
    answers: Mapping[str, str]
    fields: Mapping[str, str]
    materials: Mapping[str, SampleMaterial]
    mandate: SampleMandate
    counter: str

    @classmethod
    def read(cls, table: Table, base: "_Shared | None" = None) -> "_Shared":
        """Read the table; what it does not say is as in ``base``, key by key."""
        held = base or cls(None, None, {}, {}, {}, SampleMandate.SIGNED, "")
        return cls(
            _who(table, "applicant") or held.applicant,
            _who(table, "handler") or held.handler,
            {**held.answers, **table.plain_texts("answers")},
            {**held.fields, **table.plain_texts("fields")},
            {**held.materials, **_materials(table)},
            table.word("mandate", SampleMandate) if table.has("mandate") else held.mandate,
            table.text("counter", held.counter),
        )


def _sample(table: Table, base: _Shared) -> Sample:
    own = _Shared.read(table, base)
    if own.applicant is None:
        table.faults.append(BadInput(f"{table.at('applicant')}：缺少，样例要写明谁申请"))
    expect = table.word("expect", Expected)
    names = table.texts("names")
    if bool(names) is (expect in _NAMELESS):
        table.faults.append(
            BadInput(
                f"{table.at('names')}：{expect.value} "
                + ("不列代码" if names else "要列出核对应当指出的代码")
            )
        )
    for name in names:
        if not _SHAPE.fullmatch(name):
            table.faults.append(BadInput(f"{table.at('names')}：“{name}”应写成 代码 或 代码.细目"))
    return Sample(
        name=table.text("name"),
        expect=expect,
        applicant=own.applicant or SampleWho(key=""),
        names=names,
        handler=own.handler,
        mandate=own.mandate,
        counter=own.counter,
        answers=own.answers,
        fields=own.fields,
        materials=own.materials,
        asks=table.texts("asks"),
        asks_not=table.texts("asks_not"),
        warns=table.texts("warns") if table.has("warns") else None,
        bad_credit=table.flag("bad_credit", default=False),
        why=table.text("why", ""),
    )


def _who(table: Table, key: str) -> SampleWho | None:
    found = table.raw(key)
    if found is None:
        return None
    if isinstance(found, str):
        return SampleWho(key=found)
    below = table.table(key)
    who = SampleWho(
        key=below.text("like"),
        age=below.optional_integer("age"),
        sex=_SEXES[below.word("sex", _SexWord)] if below.has("sex") else None,
    )
    below.close()
    return who


def _materials(table: Table) -> Mapping[str, SampleMaterial]:
    if not table.has("materials"):
        return {}
    found = table.raw("materials")
    below = table.table("materials")
    codes = [str(code) for code in found] if isinstance(found, Mapping) else []
    return {code: _material(below, code) for code in codes}


def _material(table: Table, code: str) -> SampleMaterial:
    if isinstance(table.raw(code), str):
        return SampleMaterial(given=table.word(code, GivenAs))
    line = table.table(code)
    given = SampleMaterial(
        given=line.word("way", GivenAs) if line.has("way") else GivenAs.USUAL,
        originals=line.optional_integer("originals"),
        copies=line.optional_integer("copies"),
        issued_days_ago=_days(line, "issued_days_ago"),
        valid_days=_days(line, "valid_days"),
        pages=line.optional_integer("pages"),
        signed=line.flag("signed") if line.has("signed") else None,
        sealed=line.flag("sealed") if line.has("sealed") else None,
        unfit=line.text("unfit", ""),
        points=_flags(line, "points"),
        unseen=line.texts("unseen"),
        face=line.plain_texts("face"),
        holder=line.text("holder", ""),
        issuer=line.text("issuer", ""),
        status=line.word("status", CertificateStatus)
        if line.has("status")
        else CertificateStatus.VALID,
    )
    line.close()
    return given


def _days(table: Table, key: str) -> int | None:
    """Return a number of days, below 0 too, None where none is given."""
    found = table.raw(key)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool):
        table.faults.append(BadInput(f"{table.at(key)}：应为整数天数"))
        return None
    return found


def _flags(table: Table, key: str) -> Mapping[str, bool]:
    if not table.has(key):
        return {}
    found = table.raw(key)
    below = table.table(key)
    return (
        {str(code): below.flag(str(code)) for code in found} if isinstance(found, Mapping) else {}
    )
