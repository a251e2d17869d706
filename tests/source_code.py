"""The program's own source as the tests of its structure read it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHIPPED = ("clerk", "integrations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One file of source: its dotted name, and what stands in it."""

    name: str
    path: Path
    tree: ast.Module

    def imports(self, *, when_loaded: bool = False) -> Iterator[str]:
        """Yield the dotted name of everything imported; ``when_loaded``: not inside functions."""
        for node in self._nodes(when_loaded=when_loaded):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = node.module or ""
                yield base
                yield from (f"{base}.{alias.name}" for alias in node.names)

    def _nodes(self, *, when_loaded: bool) -> Iterator[ast.AST]:
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            yield node
            if when_loaded and (_is_function(node) or _is_for_types_only(node)):
                continue
            waiting.extend(ast.iter_child_nodes(node))


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def _is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


@cache
def every_node(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Return what ``ast.walk`` yields; to walk through it anew for every question takes long."""
    return tuple(ast.walk(tree))


@cache
def modules(*tops: str) -> tuple[Module, ...]:
    """Return every module below the folders ``tops`` of the repository, by name."""
    return tuple(_module(path) for top in tops for path in sorted((ROOT / top).rglob("*.py")))


@cache
def _module(path: Path) -> Module:
    return Module(name=_dotted(path), path=path, tree=ast.parse(path.read_text(encoding="utf-8")))


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
