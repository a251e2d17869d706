"""What the source must not contain, whatever it does: one table of forbidden constructs.

Each row says what is looked for, where it may stand, and why it may not stand elsewhere.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from clerk.domain import errors
from tests.source_code import SHIPPED, Module, every_node, modules

Finds = Callable[[ast.Module], Iterator[ast.AST]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A construct, and the only modules (or rooms) that may hold it."""

    finds: Finds
    allowed: tuple[str, ...] = ()


def _spelled(node: ast.AST) -> str:
    """Return ``a.b.c`` for a name or an attribute of names, else nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = _spelled(node.value)
        return f"{base}.{node.attr}" if base else f".{node.attr}"
    return ""


def _calls(*endings: str) -> Finds:
    """Find calls of a name, or of any dotted name that ends with it."""

    def finds(tree: ast.Module) -> Iterator[ast.AST]:
        for node in every_node(tree):
            if isinstance(node, ast.Call):
                name = _spelled(node.func)
                if any(name == ending or name.endswith(f".{ending}") for ending in endings):
                    yield node

    return finds


def _mentions(*endings: str) -> Finds:
    """Find a name even where it is only handed on, not called."""

    def finds(tree: ast.Module) -> Iterator[ast.AST]:
        for node in every_node(tree):
            if isinstance(node, ast.Name | ast.Attribute):
                name = _spelled(node)
                if any(name == ending or name.endswith(f".{ending}") for ending in endings):
                    yield node
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if f"{node.module}.{alias.name}" in endings or alias.name in endings:
                        yield node

    return finds


def _imports(*tops: str) -> Finds:
    def finds(tree: ast.Module) -> Iterator[ast.AST]:
        for node in every_node(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
            if any(name == top or name.startswith(f"{top}.") for name in names for top in tops):
                yield node

    return finds


def _catches_everything(tree: ast.Module) -> Iterator[ast.AST]:
    for node in every_node(tree):
        if isinstance(node, ast.ExceptHandler) and not _passes_it_on(node):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or _spelled(kind) in CATCH_ALLS for kind in caught):
                yield node
        elif isinstance(node, ast.Call) and _last_name(node.func) == "suppress":
            yield from (kind for kind in node.args if _spelled(kind) in CATCH_ALLS)


def _passes_it_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _runs_foreign_code(tree: ast.Module) -> Iterator[ast.AST]:
    for node in every_node(tree):
        if isinstance(node, ast.Call) and _spelled(node.func) in {"eval", "exec", "compile"}:
            yield node
    yield from _imports("pickle", "marshal", "shelve")(tree)


def _uses_a_shell(tree: ast.Module) -> Iterator[ast.AST]:
    for node in every_node(tree):
        if isinstance(node, ast.keyword) and node.arg == "shell":
            yield node.value
    yield from _calls("os.system", "os.popen")(tree)


def _raises_without_a_cause(tree: ast.Module) -> Iterator[ast.AST]:
    for handler in every_node(tree):
        if isinstance(handler, ast.ExceptHandler):
            for node in ast.walk(handler):
                if isinstance(node, ast.Raise) and node.exc is not None and node.cause is None:
                    yield node


def _pragmas(tree: ast.Module) -> Iterator[ast.AST]:
    docstrings = _docstrings(tree)
    for node in _strings(tree):
        if str(node.value).lstrip().upper().startswith("PRAGMA ") and node not in docstrings:
            yield node


def _speaks_chinese(tree: ast.Module) -> Iterator[ast.AST]:
    """Find Chinese in strings, but not in docstrings nor in what becomes a ``ClerkError``.

    That is the sentence itself, a constant or a function of the same module that it is made of,
    and what is handed to a function of the same module that raises.
    """
    functions = [node for node in every_node(tree) if isinstance(node, ast.FunctionDef)]
    raising = {node.name for node in functions if any(map(_is_trouble, ast.walk(node)))}
    excused = _docstrings(tree)
    for node in every_node(tree):
        if _is_trouble(node) or (isinstance(node, ast.Call) and _last_name(node.func) in raising):
            excused.update(ast.walk(node))
    used = {_last_name(node) for node in excused}
    for node in every_node(tree):
        if isinstance(node, ast.Assign) and used & {_spelled(name) for name in node.targets}:
            excused.update(ast.walk(node.value))
        elif isinstance(node, ast.FunctionDef) and node.name in used:
            excused.update(ast.walk(node))
    for node in _strings(tree):
        if node not in excused and HAN.search(str(node.value)):
            yield node


def _is_trouble(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) or (
        isinstance(node, ast.Call) and _last_name(node.func) in TROUBLE
    )


def _strings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in every_node(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def _last_name(node: ast.AST) -> str:
    return _spelled(node).rpartition(".")[2]


def _docstrings(tree: ast.Module) -> set[ast.AST]:
    """Return every string that stands alone as a statement."""
    return {
        node.value
        for node in every_node(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


CATCH_ALLS = frozenset({"Exception", "BaseException"})
TROUBLE = frozenset(name for name in vars(errors) if name[0].isupper())
HAN = re.compile("[\u4e00-\u9fff]")

RULES = {
    "a store is opened in one place": Rule(
        finds=_calls("create_engine", "sqlite3.connect", "sqlcipher.connect", "psycopg.connect"),
        allowed=("clerk.storage.engine", "integrations.practice"),
    ),
    "pragmas are set where a store is opened": Rule(
        finds=_pragmas,
        allowed=(
            "clerk.storage.engine",
            "clerk.storage.guards",
            "clerk.storage.schema",
            "integrations.practice",
        ),
    ),
    "the network is reached through one transport": Rule(
        finds=_imports("requests", "urllib.request", "urllib3", "http.client", "socket"),
        # the print system of the machine speaks IPP over its own socket
        allowed=("integrations.soap", "integrations.practice", "integrations.devices.ipp"),
    ),
    "foreign files are opened where their limits are": Rule(
        finds=_calls(
            "etree.parse",
            "etree.fromstring",
            "etree.XML",
            "ZipFile",
            "Image.open",
            "Document",
            "HTML",
            "PdfDocument",
        ),
        allowed=("clerk.documents", "integrations"),
    ),
    "nobody catches everything": Rule(finds=_catches_everything),
    "a new trouble names the old one": Rule(finds=_raises_without_a_cause),
    "time, ids and randomness are handed in": Rule(
        finds=_mentions(
            "time.time",
            "time.time_ns",
            "datetime.now",
            "datetime.utcnow",
            "datetime.today",
            "date.today",
            "uuid1",
            "uuid4",
            "os.urandom",
            "token_bytes",
            "token_hex",
            "randbytes",
        ),
        allowed=("clerk.app", "clerk.tour", "clerk.selfcheck", "integrations"),
    ),
    "nothing is executed that was not written here": Rule(finds=_runs_foreign_code),
    "children are started without a shell": Rule(finds=_uses_a_shell),
    "text on the screen is plain": Rule(
        finds=_mentions("QLabel", "QMessageBox", "QTextBrowser", "QToolTip.showText", "setHtml"),
        allowed=("clerk.ui.widgets.label",),
    ),
    "blocking work is started by jobs.py": Rule(
        finds=_mentions("QThread", "QRunnable", "processEvents", "threading.Thread"),
        allowed=("clerk.jobs", "integrations"),
    ),
    "Chinese stands where people's words are kept": Rule(
        finds=_speaks_chinese,
        allowed=(
            "clerk.__main__",
            "clerk.app",  # names of roles, peers and practice props
            "clerk.documents.act_content",
            "clerk.documents.application_content",
            "clerk.documents.agency_content",
            "clerk.documents.approval_content",
            "clerk.documents.archive_verify",  # the verifier's own sentences: it imports nothing
            "clerk.documents.commitment_content",  # what papers say of a case
            "clerk.documents.content",
            "clerk.documents.deferral_content",
            "clerk.documents.due",
            "clerk.documents.letter_marks",  # the marks of a template are Chinese words
            "clerk.documents.letter_numbering",  # Chinese digits
            "clerk.documents.posted_content",
            "clerk.documents.press_seal_place",  # the words of a letter that ask for a seal
            "clerk.documents.series_marks",
            "clerk.documents.press",  # sentences of its errors
            "clerk.documents.applicant_texts",  # the day in a short message
            "clerk.documents.press_child",  # the page that warms the fonts up
            "clerk.selfcheck",
            "clerk.services.certificate_purpose",  # the reason every call must give
            "clerk.services.certificate_rechecks",
            "clerk.settings",  # the invented counter of practice mode
            "clerk.storage.guards",  # sentences of its errors
            "clerk.storage.json_values",  # the word that told an agent before handlers had a kind
            "clerk.storage.migrations.versions.v0007_every_paper_number",  # marks of old numbers
            "clerk.storage.trouble",
            "clerk.tour",
            "clerk.ui",
            "clerk.wording",
            "clerk.wording_approval",
            "clerk.wording_care",
            "clerk.wording_cases",
            "clerk.wording_advice",
            "clerk.wording_reuse",
            "clerk.wording_proof",
            "clerk.wording_shared",
            "clerk.wording_certificates",
            "clerk.wording_checks",
            "clerk.wording_course",
            "clerk.wording_numbers",
            "clerk.wording_deferral",
            "clerk.wording_difference",
            "clerk.wording_events",
            "clerk.wording_letters",
            "clerk.wording_lint",
            "clerk.wording_ledger",
            "clerk.wording_recheck",
            "clerk.wording_results",
            "clerk.wording_samples",
            "clerk.wording_standard",
            "clerk.wording_rules",
            "clerk.wording_sheet",
            "clerk.wording_situation",
            "clerk.wording_day",
            "integrations.practice",
            "integrations.certificates.field_days",  # how libraries write an open end
            "integrations.certificate_files.guard",  # why a file is not opened
            "integrations.certificate_files.undrawn",  # what the picture of a file does not show
            "integrations.devices",  # what is printed on cards
            "integrations.seals.authority",  # the practice root's name
            "integrations.seals.seal_picture",  # what stands in a practice seal
            "integrations.soap.outcome",  # the sentences of the remote errors
            "integrations.soap.profile_file",  # the faults that its one sentence lists
        ),
    ),
}


def _may(rule: Rule, module: Module) -> bool:
    return any(
        module.name == place or module.name.startswith(f"{place}.") for place in rule.allowed
    )


@pytest.mark.parametrize("rule", RULES)
def test_the_source_keeps_the_rule(rule):
    kept = RULES[rule]
    found = [
        f"{module.name}:{getattr(node, 'lineno', '?')}: {ast.unparse(node)[:80]}"
        for module in modules(*SHIPPED)
        if not _may(kept, module)
        for node in kept.finds(module.tree)
    ]

    assert found == [], f"{rule}:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("a store is opened in one place", "engine = sqlalchemy.create_engine('sqlite://')"),
        ("pragmas are set where a store is opened", "tx.execute('pragma user_version')"),
        ("the network is reached through one transport", "from urllib import request"),
        ("foreign files are opened where their limits are", "docx.Document(path)"),
        ("nobody catches everything", "try: f()\nexcept (OSError, Exception): pass"),
        ("nobody catches everything", "with suppress(Exception): f()"),
        ("a new trouble names the old one", "try: f()\nexcept OSError: raise StoreTrouble('x')"),
        ("time, ids and randomness are handed in", "Desk(now=datetime.now)"),
        ("nothing is executed that was not written here", "eval(text)"),
        ("children are started without a shell", "run('ls', shell=True)"),
        ("text on the screen is plain", "QLabel(name)"),
        ("blocking work is started by jobs.py", "class Worker(QThread): pass"),
        ("Chinese stands where people's words are kept", "title = f'办件{number}'"),
    ],
)
def test_the_rule_would_notice(rule, source):
    """The guards themselves: none may be blind."""
    assert list(RULES[rule].finds(ast.parse(source)))


def test_a_sentence_for_the_clerk_may_be_chinese_where_it_is_raised():
    source = 'def f():\n    """办件"""\n    raise StoreTrouble(f"存储已满：{name}") from error'

    assert not list(_speaks_chinese(ast.parse(source)))


def test_no_module_is_longer_than_a_reader_can_hold():
    """400 lines: a longer one is two modules with plain names."""
    long = {
        module.name: lines
        for module in modules(*SHIPPED, "benchmarks")
        if (lines := module.path.read_text(encoding="utf-8").count("\n")) > 400
    }

    assert long == {}


def test_what_can_be_a_value_is_one():
    """``dataclasses`` is left to modules with a class that keeps more than the fields it is given."""
    without_need = [
        module.name
        for module in modules(*SHIPPED)
        if module.name != "clerk.values"
        and "dataclasses.dataclass" in {*module.imports(), *_attributes(module.tree)}
        and not any(map(_keeps_more, ast.walk(module.tree)))
    ]

    assert without_need == []


def _attributes(tree: ast.Module) -> set[str]:
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def _keeps_more(node: ast.AST) -> bool:
    if not isinstance(node, ast.ClassDef):
        return False
    made = [ast.unparse(one) for one in node.decorator_list]
    own = ast.unparse(node)
    return any("dataclass(" in one for one in made) and (
        bool(node.bases)
        or any("slots=True" not in one for one in made)
        or "init=False" in own
        or "compare=False" in own
    )
