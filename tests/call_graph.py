"""Who may call whom in the program's own source, read without running it.

It says too much rather than too little: a function that is only named counts as called, a method
is every method of that name, and a callable handed over by a keyword is whatever is called by an
attribute of that name. Callables handed over by position are not followed. Two things say less:
``super().__init__`` is the constructor of the classes that are named as bases, and who fills a
table of what the window may ask for (``…Actions``) calls none of the callables he puts into it.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.source_code import Module

_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallGraph:
    """Names are ``module:function``, ``module:Class.method`` and ``.attribute`` for any of them."""

    calls: Mapping[str, set[str]]

    @classmethod
    def of(cls, sources: Iterable[Module]) -> "CallGraph":
        calls: dict[str, set[str]] = defaultdict(set)
        for module in sources:
            _Reading(module=module, calls=calls).read()
        return cls(calls=calls)

    def with_more(self, *sources: Module) -> "CallGraph":
        """Return the graph with modules added to it."""
        more = CallGraph.of(sources).calls
        names = {*self.calls, *more}
        return CallGraph(
            calls={name: self.calls.get(name, set()) | more.get(name, set()) for name in names}
        )

    def way(self, roots: Iterable[str], targets: Iterable[str]) -> list[str]:
        """Return the names from a root to a target, empty where none is reached."""
        wanted = set(targets)
        ways = [[root] for root in roots]
        seen = {way[-1] for way in ways}
        while ways:
            way = ways.pop(0)
            if way[-1] in wanted:
                return way
            for called in sorted(self.calls.get(way[-1], set())):
                if called not in seen:
                    seen.add(called)
                    ways.append([*way, called])
        return []

    def within(self, *modules: str) -> list[str]:
        """Return every name that stands in one of these modules."""
        return [name for name in self.calls if name.partition(":")[0] in modules]


@dataclass(slots=True, kw_only=True)
class _Reading:
    module: Module
    calls: dict[str, set[str]]
    imported: dict[str, str] = field(default_factory=dict)
    bases: tuple[str, ...] = ()

    def read(self) -> None:
        for node in ast.walk(self.module.tree):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    self.imported[alias.asname or alias.name] = f"{node.module}:{alias.name}"
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    self.imported[alias.asname or alias.name] = alias.name
        for node in self.module.tree.body:
            self._top(node)

    def _top(self, node: ast.stmt) -> None:
        name = self.module.name
        if isinstance(node, _FUNCTION):
            self._body(f"{name}:{node.name}", node)
        elif isinstance(node, ast.ClassDef):
            named = (base.id for base in node.bases if isinstance(base, ast.Name))
            self.bases = tuple(self._resolved(base) for base in named)
            for inner in node.body:
                if isinstance(inner, _FUNCTION):
                    method = f"{name}:{node.name}.{inner.name}"
                    self._body(method, inner)
                    self.calls[f".{inner.name}"].add(method)
                    if inner.name in {"__init__", "__post_init__"}:
                        self.calls[f"{name}:{node.name}"].add(method)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    self._body(f"{name}:{target.id}", node)

    def _body(self, caller: str, body: ast.AST) -> None:
        self.calls[caller] |= set(self._named(body))
        for node in ast.walk(body):
            if isinstance(node, ast.Call):
                for keyword in node.keywords:
                    if keyword.arg:
                        self.calls[f".{keyword.arg}"] |= set(self._named(keyword.value))

    def _named(self, body: ast.AST) -> Iterator[str]:
        for node in _walked(body):
            if isinstance(node, ast.Name):
                yield self._resolved(node.id)
            elif isinstance(node, ast.Attribute):
                owner = node.value
                if node.attr == "__init__" and ast.unparse(owner) == "super()":
                    yield from self.bases
                    continue
                known = self.imported.get(owner.id, "") if isinstance(owner, ast.Name) else ""
                yield f".{node.attr}" if not known else f"{known.replace(':', '.')}:{node.attr}"

    def _resolved(self, name: str) -> str:
        return self.imported.get(name, f"{self.module.name}:{name}")


def _walked(body: ast.AST) -> Iterator[ast.AST]:
    """Yield every node of the body but the callables that are put into a table of actions."""
    waiting = [body]
    while waiting:
        node = waiting.pop()
        yield node
        handed = [one.value for one in _of_table(node)]
        waiting += [one for one in ast.iter_child_nodes(node) if one not in _of_table(node)]
        waiting += [value for value in handed if not _is_callable(value)]


def _of_table(node: ast.AST) -> list[ast.keyword]:
    is_table = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Actions")
    return node.keywords if isinstance(node, ast.Call) and is_table else []


def _is_callable(value: ast.expr) -> bool:
    """Whether it is a function, not the outcome of one: named, a lambda, or with its first values."""
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) == "partial"
    return isinstance(value, ast.Lambda | ast.Name | ast.Attribute)
