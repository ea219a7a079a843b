"""No public function reaches people's data without a decision on the ledger.

Two ways of looking. The code: only the rooms named here may build SQL over a table about people. The running program:
with a ledger that takes no entry, every public door stays shut.
"""

import ast
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import openslate
from openslate import clock
from openslate.apps import personalize
from openslate.apps.greenlight.comps.watched_together import count_watched_together
from openslate.apps.greenlight.gaps import find_gaps
from openslate.apps.greenlight.own_outcomes import own_outcomes, weekly
from openslate.apps.personalize.drift import drift
from openslate.apps.personalize.search import search
from openslate.data import datasets, exporting
from openslate.data.held import held_of
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from tests.simulated import copied, trained

SOURCE = Path(openslate.__file__).parent

MAY_NAME_TABLES = {
    "data/datasets.py": "the one place that reads them, through the gate",
    "data/audience/plays.py": "counts within the engine, of what the gate lets through",
    "data/encoding.py": "SQL of events, which `datasets` and nobody else hands to the gate",
    "data/exporting.py": "the gated way out",
    "data/held.py": "counts what is held of one member, with the look on the ledger first",
    "data/versions.py": "refuses tables about people, which its own test shows",
    "data/admission/repeats.py": "writing: compares the keys of new rows with those that are there",
}
"""Rooms that may build SQL over a table about people, and why."""


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def relation_calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "relation"]


def names_harmless_table(call: ast.Call) -> bool:
    """Whether the table is spelled out, and is about titles or about consents, which the gate itself reads."""
    if len(call.args) < 2:
        # `part.relation()`: rows of a file that is being imported, in which nothing is stored yet.
        return not call.args
    table = call.args[1]
    spelled = table.value if isinstance(table, ast.Constant) else None
    named = ast.unparse(table)
    return spelled in ("titles", "consents") or named == "TITLES.name"


def test_only_named_rooms_build_sql_over_people() -> None:
    found = {
        str(path.relative_to(SOURCE))
        for path in modules()
        if path.parent.name != "storage" and not all(map(names_harmless_table, relation_calls(path)))
    }
    assert found == set(MAY_NAME_TABLES)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_other_room_reads_parquet_by_itself(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    may = ("storage", "admission", "sources", "simulate")
    if "read_parquet" in text and not set(may) & set(path.relative_to(SOURCE).parts):
        # Its own scratch files, which hold what the gate let through.
        assert path.relative_to(SOURCE) == Path("data/prepared.py")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return copied(trained(tmp_path_factory), tmp_path_factory.mktemp("bypass") / "svc")


def doors(folder: Path) -> Mapping[str, Callable[[Project], object]]:
    """Every public function that could bring somebody's events, or anything made of them, to its caller."""
    return {
        "viewing": lambda project: openslate.viewing(project, ("train",), "a test"),
        "member_history": lambda project: datasets.member_history(
            project, "m0000001", personalize.Recommender.open(project).catalogue
        ),
        "events_by_source": lambda project: datasets.events_by_source(project, ("train",), "a test"),
        "held_of": lambda project: held_of(project, "m0000001", "a test"),
        "own_outcomes": lambda project: own_outcomes(project, clock.now().date()),
        "weekly": lambda project: weekly(project, clock.now().date()),
        "count_watched_together": lambda project: count_watched_together(project, clock.now().date()),
        "find_gaps": lambda project: find_gaps(project, clock.now().date()),
        "export_events": lambda project: exporting.export_events(project, folder / "out", ("train",), "a test"),
        "train": personalize.train,
        "evaluate": personalize.evaluate,
        "home": lambda project: personalize.home(project, "m0000001"),
        "recommend": lambda project: personalize.recommend(project, "m0000001"),
        "batch": lambda project: personalize.batch(project, folder / "batch"),
        "drift": drift,
        "search": lambda project: search(project, budget=4),
        "signals": lambda project: personalize.Recommender.open(project).history("m0000001"),
    }


@pytest.mark.parametrize("door", doors(Path()))
def test_every_door_is_shut_while_the_ledger_takes_no_entry(
    service: Project, door: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RightsError("The ledger cannot be written: no room.", "Make room.")

    monkeypatch.setattr(ledger, "append", refuse)
    with pytest.raises(RightsError, match="The ledger cannot be written"):
        doors(tmp_path)[door](Project.open(service.folder))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("door", ["viewing", "home", "recommend", "events_by_source"])
def test_the_same_door_opens_once_it_does(service: Project, door: str, tmp_path: Path) -> None:
    assert doors(tmp_path)[door](Project.open(service.folder)) is not None


def test_the_list_of_doors_is_whole(tmp_path: Path) -> None:
    behind = set(openslate.__all__) | set(personalize.__all__)
    harmless = {name for name in behind if name not in doors(tmp_path)}
    assert {"viewing", "train", "evaluate", "home", "recommend"} <= set(doors(tmp_path))
    assert not {name for name in harmless if "member" in name.lower() or "history" in name.lower()}
