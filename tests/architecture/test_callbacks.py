"""No capability is handed a function of another one: it announces, or it asks by a query."""

import ast
import importlib
import inspect
import typing
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import ModuleType
from typing import Any

import pytest

from deploy.places import PROJECT

# Functions whose parameter is a function of their own capability; each says of which kind.
ALLOWED = {
    # Readers of one delivery each, made beside it: they run in a thread.
    "services.reports.intake.actions.judging.judge_together",
    # Whether the words as they were asked for find enough: incidents ask in two ways.
    "services.reports.incidents.queries.words.find_words",
    # Tables of hand-over: for each kind of record, hand-over's own rules that read and write it.
    "services.liaison.handover.queries.homes.Home.__init__",
    "services.liaison.handover.queries.homes.Export.__init__",
    # Wired in app.py: which address a service has, and how identity signs a principal.
    "services.gateway.routing.actions.Hop.__init__",
}
FILES = [path for path in sorted(PROJECT.glob("services/**/*.py")) if "migrations" not in path.parts]


def module_of(path: Any) -> ModuleType:
    """The module in a file."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))


def home_of(module: str) -> str:
    """The capability a module belongs to; a service's own file (jobs, app) stands for itself."""
    return ".".join(module.split(".")[:3])


def is_function(annotation: Any) -> bool:
    """Whether a value of this type is, or holds, a function."""
    return typing.get_origin(annotation) is Callable or any(is_function(each) for each in typing.get_args(annotation))


def callables() -> Iterator[tuple[str, Any]]:
    """Every function, method and class of an action or a query, by its name."""
    for path in FILES:
        if not {"actions", "queries", "actions.py", "queries.py"} & set(path.parts):
            continue
        module = module_of(path)
        for name, each in vars(module).items():
            if getattr(each, "__module__", None) != module.__name__:
                continue
            if inspect.isclass(each):
                yield from (
                    (f"{module.__name__}.{name}.{method}", found) for method, found in vars(each).items() if inspect.isfunction(found)
                )
            elif inspect.isfunction(each):
                yield f"{module.__name__}.{name}", each


def test_actions_and_queries_take_no_functions() -> None:
    taking = {
        name
        for name, each in callables()
        if any(is_function(kind) for parameter, kind in typing.get_type_hints(each).items() if parameter != "return")
    }
    assert taking == ALLOWED


@lru_cache
def resolved(module: ModuleType, expression: str) -> Any:
    """What a dotted name stands for in a module; None for what only exists while it runs."""
    found: Any = module
    for name in expression.split("."):
        found = getattr(found, name, None)
    return found


def handed(call: ast.Call) -> Iterator[ast.expr]:
    """What a call hands over, in lists and partials, too."""
    waiting = [*call.args, *(each.value for each in call.keywords)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ast.Tuple | ast.List | ast.Set):
            waiting += each.elts
        elif isinstance(each, ast.Starred):
            waiting.append(each.value)
        elif isinstance(each, ast.Call) and ast.unparse(each.func).endswith("partial"):
            waiting += each.args
        else:
            yield each


def crossings(module: ModuleType, tree: ast.AST) -> Iterator[str]:
    """Calls that hand a function of one capability, or of none, to another one's."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        taker = resolved(module, ast.unparse(call.func))
        home = home_of(getattr(taker, "__module__", None) or "")
        if not home.startswith("services.") or len(home.split(".")) < 3 or home.split(".")[2] in ("app", "jobs"):
            continue
        for each in handed(call):
            given = resolved(module, ast.unparse(each)) if isinstance(each, ast.Name | ast.Attribute) else None
            origin = module.__name__ if isinstance(each, ast.Lambda) else getattr(given, "__module__", "")
            is_given = isinstance(each, ast.Lambda) or (inspect.isfunction(given) and origin.startswith("services."))
            if is_given and home_of(origin) != home:
                yield f"{module.__name__}:{call.lineno} hands {ast.unparse(each)} to {ast.unparse(call.func)}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_nobody_hands_a_function_of_one_capability_to_another(path: Any) -> None:
    assert list(crossings(module_of(path), ast.parse(path.read_text()))) == []


@pytest.mark.parametrize(
    "code",
    [
        "withdraw_concurrence(session, key, body, end_leaning)",
        "withdraw_concurrence(session, key, body, end=actions.end_leaning)",
        "withdraw_concurrence(session, key, body, (end_leaning,))",
        "withdraw_concurrence(session, key, body, partial(end_leaning, session))",
        "withdraw_concurrence(session, key, body, lambda *_: end_leaning(session))",
    ],
)
def test_the_walk_sees_what_is_handed_over(code: str) -> None:
    here = ModuleType("services.liaison.engagements.endpoints")
    engagements = importlib.import_module("services.liaison.engagements.actions")
    vars(here).update(vars(engagements), __name__=here.__name__, actions=engagements)
    vars(here)["withdraw_concurrence"] = importlib.import_module("services.liaison.concurrence.actions").withdraw_concurrence
    assert len(list(crossings(here, ast.parse(code)))) == 1
