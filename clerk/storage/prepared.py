"""Statements whose text never changes: built by SQLAlchemy, compiled once, then only run.

An act at the window is a dozen such statements in one transaction. To look each up again, bind
its values by name and wrap its rows costs several times what SQLite needs to run it. Statements
that depend on what was asked (lists, searches) go through ``Connection.execute`` as usual.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Executable, Integer, literal_column
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement, ReturnsRows

from clerk.storage.trouble import raise_for

ONE = literal_column("1", Integer)
"""A limit that is not a parameter: SQLite plans for a single row where it knows of it."""

Values = Mapping[str, object]
"""What a statement is run with, by the names of its parameters."""


class Prepared:
    """A statement of SQLAlchemy Core, compiled at its first use in each of the two databases.

    Every value stays a parameter of the driver's; types convert them as they do elsewhere.
    """

    def __init__(self, statement: Executable, columns: Iterable[str] | None = None) -> None:
        """Take the statement; ``columns`` are what an insert or update sets, all if None."""
        self._statement = statement
        self._columns = None if columns is None else list(columns)
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, tx: Connection, values: Values) -> Sequence[tuple[Any, ...]]:
        """Run it and return the rows it gives."""
        compiled = self._for(tx.dialect)
        with _Cursor(tx) as cursor:
            cursor.execute(compiled.text, compiled.parameters(values))
            return compiled.converted(cursor.fetchall())

    def first(self, tx: Connection, values: Values) -> tuple[Any, ...] | None:
        """Run it and return the first row it gives, None where it gives none."""
        return next(iter(self.rows(tx, values)), None)

    def run(self, tx: Connection, values: Values) -> int:
        """Run it and return how many rows it changed."""
        compiled = self._for(tx.dialect)
        with _Cursor(tx) as cursor:
            cursor.execute(compiled.text, compiled.parameters(values))
            return int(cursor.rowcount)

    def run_each(self, tx: Connection, several: Iterable[Values]) -> None:
        """Run it once for each of ``several``, which may be none."""
        compiled = self._for(tx.dialect)
        parameters = compiled.parameters_of_each(several)
        if parameters:
            with _Cursor(tx) as cursor:
                cursor.executemany(compiled.text, parameters)

    def _for(self, dialect: Dialect) -> "_Compiled":
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = _Compiled(self._statement, self._columns, dialect)
            self._compiled[dialect.name] = compiled
        return compiled


class _Cursor:
    """The driver's cursor; what fails there is told as ``Connection.execute`` would tell it."""

    __slots__ = ("_tx",)

    def __init__(self, tx: Connection) -> None:
        self._tx = tx

    def __enter__(self) -> DBAPICursor:
        return self._tx.connection.cursor()

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None:
            return
        dialect = self._tx.dialect
        base = dialect.loaded_dbapi.Error
        if isinstance(error, base):
            raise_for(error)
            raise DBAPIError.instance(
                None, None, error, base, hide_parameters=True, dialect=dialect
            ) from error


class _Compiled:
    """The statement as one database's driver takes it."""

    def __init__(self, statement: Executable, columns: list[str] | None, dialect: Dialect) -> None:
        spelled = cast(ClauseElement, statement).compile(dialect=dialect, column_keys=columns)
        compiled = cast(SQLCompiler, spelled)
        if compiled.literal_execute_params or compiled.post_compile_params:
            raise ValueError("the statement's text depends on its values")
        self.text = compiled.string
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        order = compiled.positiontup
        self._by_name = order is None
        self._names = list(order or binds)
        processors = [
            binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in self._names
        ]
        self._processed = [(at, process) for at, process in enumerate(processors) if process]
        self._constants = {
            name: bind.effective_value for name, bind in binds.items() if not bind.required
        }
        given = statement.exported_columns if isinstance(statement, ReturnsRows) else ()
        results = [
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in given
        ]
        self._results = results if any(results) else None

    def parameters(self, values: Values) -> Any:
        """Return ``values`` as the driver takes them: in order, or by name."""
        if self._constants:
            values = {**self._constants, **values}
        given = [*map(values.__getitem__, self._names)]
        for at, process in self._processed:
            given[at] = process(given[at])
        return dict(zip(self._names, given, strict=True)) if self._by_name else given

    def parameters_of_each(self, several: Iterable[Values]) -> list[Any]:
        """Return every one's parameters; a value that the next one shares is converted once."""
        last: dict[int, tuple[object, object]] = {}
        rows = []
        for values in several:
            given = [*map({**self._constants, **values}.__getitem__, self._names)]
            for at, process in self._processed:
                shared = last.get(at)
                if shared is None or shared[0] is not given[at]:
                    shared = last[at] = given[at], process(given[at])
                given[at] = shared[1]
            rows.append(dict(zip(self._names, given, strict=True)) if self._by_name else given)
        return rows

    def converted(self, rows: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
        """Return the driver's rows with every value of its column's type."""
        if self._results is None:
            return rows
        return [
            tuple(
                process(value) if process else value
                for process, value in zip(self._results, row, strict=True)
            )
            for row in rows
        ]
