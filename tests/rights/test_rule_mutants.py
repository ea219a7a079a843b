"""Mutants of the rules: whatever denial is taken out of them, a line of the decision table notices."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from openslate.rights import decide as deciding
from openslate.rights.rules import consent, material, owed, person, production
from openslate.rights.rules.codes import CODES
from openslate.rights.rules.table import RULES
from tests.rights.decisions import ROWS

MODULES = (consent, material, owed, person, production)
ONLY_WORDS = (
    "not request.description.strip()",
    "not any((one.pinned == request.pinned for one in case.permitted))",
    "not request.project",
    "request.sexual_content is None",
    "case.request.counts_as_background is None",
    "not request.custodian",
)
"""Conditions that only choose which sentence explains a denial."""
HELPERS = ("_hours",)
"""Functions that only word a number."""
STANDINGS = [(row, row.standing) for row in ROWS]


def noticed() -> bool:
    """Whether some line of the table is decided otherwise than it should be."""
    return any(
        [one.code for one in deciding.decide(row.request, row.at, standing).findings] != row.codes
        for row, standing in STANDINGS
    )


def source_of(module: ModuleType) -> ast.Module:
    assert module.__file__ is not None
    return ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


def denials(tree: ast.Module) -> list[ast.Return]:
    return [
        node
        for function in tree.body
        if isinstance(function, ast.FunctionDef) and function.name not in HELPERS
        for node in ast.walk(function)
        if isinstance(node, ast.Return)
        and node.value is not None
        and not (isinstance(node.value, ast.Constant) and node.value.value in (None, True, False))
    ]


def conditions(tree: ast.Module) -> list[ast.If]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) not in ONLY_WORDS]


def mutants() -> Iterator[tuple[str, ModuleType, str, int]]:
    for module in MODULES:
        tree = source_of(module)
        short = module.__name__.rsplit(".", 1)[-1]
        for kind, found in (("no denial", denials(tree)), ("never", conditions(tree)), ("always", conditions(tree))):
            for number, node in enumerate(found):
                yield f"{short}:{node.lineno}: {kind}", module, kind, number


MUTANTS = list(mutants())


def mutated(module: ModuleType, kind: str, number: int) -> ModuleType:
    tree = source_of(module)
    if kind == "no denial":
        denials(tree)[number].value = ast.copy_location(ast.Constant(None), tree.body[0])
    else:
        node = conditions(tree)[number]
        node.test = ast.copy_location(ast.Constant(kind == "always"), node.test)
    made = ModuleType(module.__name__)
    made.__dict__["__file__"] = module.__file__
    exec(compile(ast.fix_missing_locations(tree), str(module.__file__), "exec"), made.__dict__)
    return made


def test_the_table_is_decided_as_it_should_be() -> None:
    assert not noticed()


@pytest.mark.parametrize("code", RULES)
def test_a_rule_that_is_taken_out_is_missed_as_the_first_match(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "RULES", {**RULES, code: lambda case: None})
    assert noticed()


@pytest.mark.parametrize("code", RULES)
def test_a_rule_that_always_matches_is_noticed(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "RULES", {**RULES, code: lambda case: "Always."})
    assert noticed()


def test_what_hinders_every_decision_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_hindered", lambda request, at, standing: None)
    assert noticed()


@pytest.mark.parametrize(("name", "module", "kind", "number"), MUTANTS, ids=[name for name, *_ in MUTANTS])
def test_every_denial_and_every_condition_is_missed(
    name: str, module: ModuleType, kind: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = mutated(module, kind, number)
    names = {
        function: code
        for code, rule in RULES.items()
        if (function := rule.__name__) and rule.__module__ == module.__name__
    }
    changed = {code: made.__dict__[function] for function, code in names.items()}
    monkeypatch.setattr(deciding, "RULES", {**RULES, **changed})
    assert noticed()


def test_every_rule_has_a_line_of_its_own() -> None:
    assert {row.code for row in ROWS if len(row.codes) == 1} == set(CODES)
