"""The seconds of each intake by step (分步用时), told of no case and of no person."""

from sqlalchemy import BigInteger, Column, Date, Integer, Table, Text

from clerk.domain.step_times import Step
from clerk.storage.columns import metadata

_Chance = BigInteger().with_variant(Integer, "sqlite")
"""An INTEGER key is SQLite's own row number, so that the rows lie there in its order as well."""

intake_steps = Table(
    "intake_steps",
    metadata,
    Column("chance", _Chance, primary_key=True, autoincrement=False),
    Column("item_code", Text, nullable=False),
    Column("item_name", Text, nullable=False),
    Column("standard_version", Integer, nullable=False),
    Column("month_on", Date, nullable=False, index=True),
    *(Column(f"{step.value}_s", Integer, nullable=False) for step in Step),
)
"""``month_on`` is the first of the month and no finer: a day would often name the one case of an
item, and with it who took it in. ``chance`` is drawn for each row: numbers that count up would
tell it as well, beside the numbers of the cases."""
