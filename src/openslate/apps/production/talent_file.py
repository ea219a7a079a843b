"""Reading published instances of talent scheduling: plain numbers under a name, or a MiniZinc data file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from openslate.errors import AdmitError
from openslate.models.talent.instance import LARGEST, Instance
from openslate.storage.written_text import written_text

LARGEST_MEGABYTES = 4
MOST = 10_000
"""Scenes, or actors: far beyond what is published, and little enough to be held."""
MINIZINC = ".dzn"
FIELDS = {"numScenes": "scenes", "numActors": "actors", "ia": "who plays", "c": "pay", "d": "days"}
ORDER = "s"
"""An order that some published files give along; it is no part of what is to be ordered."""
PLAIN_WAY_OUT = (
    "Write a name, the number of scenes, that of actors, for each actor a 0 or 1 per scene and the pay of a day, and "
    "the days of every scene."
)
MINIZINC_WAY_OUT = "Write numScenes, numActors, ia (actors by scenes), c (pay) and d (days), each ended by a semicolon."


@dataclass(frozen=True)
class Number:
    """A whole number and the line that it stands on."""

    value: int
    line: int


def read_talent(path: Path) -> Instance:
    """The instance that a file holds.

    Args:
        path: `.dzn` for MiniZinc data; any other is read as plain numbers.

    Raises:
        AdmitError: the file cannot be read, or is no such instance; with the line and what is wrong there.

    Source: the formats of MiniZinc/minizinc-benchmarks (talent_scheduling) and of xgillard/ddo (talentsched).

    Example:
        >>> import tempfile
        >>> file = Path(tempfile.mkdtemp()) / "two"
        >>> _ = file.write_text("two\\n3\\n2\\n1 0 1  10\\n0 1 1  1\\n1 2 1\\n")
        >>> read_talent(file).worked
        23
    """
    text = written_text(path, LARGEST_MEGABYTES, "An instance has some kilobytes; name another file.")
    return _minizinc(path, text) if path.suffix == MINIZINC else _plain(path, text)


def _plain(path: Path, text: str) -> Instance:
    name, _, rest = text.partition("\n")
    if not name.strip():
        raise AdmitError(f"{path}, line 1: there is no name.", PLAIN_WAY_OUT)
    numbers = _numbers(path, rest, 2, PLAIN_WAY_OUT)
    scenes = _size(path, next(numbers, None), "scenes", PLAIN_WAY_OUT)
    actors = _size(path, next(numbers, None), "actors", PLAIN_WAY_OUT)
    plays, pay = np.zeros((actors, scenes), dtype=np.bool_), np.zeros(actors, dtype=np.int64)
    for actor in range(actors):
        for scene in range(scenes):
            plays[actor, scene] = _flag(path, next(numbers, None), actor, scene, PLAIN_WAY_OUT)
        pay[actor] = _amount(path, next(numbers, None), f"the pay of actor {actor + 1}", PLAIN_WAY_OUT)
    days = [
        _amount(path, next(numbers, None), f"the days of scene {scene + 1}", PLAIN_WAY_OUT) for scene in range(scenes)
    ]
    for more in numbers:
        raise AdmitError(f"{path}, line {more.line}: {more.value} is one number too many.", PLAIN_WAY_OUT)
    return _instance(path, plays, pay, np.array(days, dtype=np.int64))


def _minizinc(path: Path, text: str) -> Instance:
    uncommented = re.sub(r"%[^\n]*", "", text)
    found: dict[str, list[Number]] = {}
    line = 1
    for statement in uncommented.split(";"):
        begins = line + statement[: len(statement) - len(statement.lstrip())].count("\n")
        line += statement.count("\n")
        if not statement.strip():
            continue
        field, equals, value = statement.partition("=")
        if not equals or field.strip() not in (*FIELDS, ORDER):
            raise AdmitError(f"{path}, line {begins}: {field.strip()[:40]!r} is no field of it.", MINIZINC_WAY_OUT)
        if field.strip() in found:
            raise AdmitError(f"{path}, line {begins}: {field.strip()} is there twice.", MINIZINC_WAY_OUT)
        begins += field.count("\n") - field[: len(field) - len(field.lstrip())].count("\n")
        found[field.strip()] = list(_numbers(path, re.sub(r"[\[\]|,]", " ", value), begins, MINIZINC_WAY_OUT))
    for field, what in FIELDS.items():
        if not found.get(field):
            raise AdmitError(f"{path} has no {field} ({what}).", MINIZINC_WAY_OUT)
    scenes = _size(path, found["numScenes"][0], "scenes", MINIZINC_WAY_OUT)
    actors = _size(path, found["numActors"][0], "actors", MINIZINC_WAY_OUT)
    for field, count in (("numScenes", 1), ("numActors", 1), ("ia", scenes * actors), ("c", actors), ("d", scenes)):
        if len(found[field]) != count:
            last = found[field][-1]
            raise AdmitError(
                f"{path}, line {last.line}: {field} has {len(found[field])} numbers, not {count}.", MINIZINC_WAY_OUT
            )
    flags = [
        _flag(path, number, place // scenes, place % scenes, MINIZINC_WAY_OUT)
        for place, number in enumerate(found["ia"])
    ]
    pay = [_amount(path, one, f"the pay of actor {at + 1}", MINIZINC_WAY_OUT) for at, one in enumerate(found["c"])]
    days = [_amount(path, one, f"the days of scene {at + 1}", MINIZINC_WAY_OUT) for at, one in enumerate(found["d"])]
    plays = np.array(flags, dtype=np.bool_).reshape(actors, scenes)
    return _instance(path, plays, np.array(pay, dtype=np.int64), np.array(days, dtype=np.int64))


def _numbers(path: Path, text: str, line: int, way_out: str) -> Iterator[Number]:
    for at, row in enumerate(text.split("\n"), start=line):
        for word in row.split():
            if not re.fullmatch(r"-?[0-9]{1,15}", word, re.ASCII):
                raise AdmitError(f"{path}, line {at}: {word[:40]!r} is no whole number.", way_out)
            yield Number(int(word), at)


def _size(path: Path, number: Number | None, what: str, way_out: str) -> int:
    size = _amount(path, number, f"the number of {what}", way_out)
    if not 1 <= size <= MOST:
        raise AdmitError(f"{path}: {size} {what} are not between 1 and {MOST:,}.", way_out)
    return size


def _flag(path: Path, number: Number | None, actor: int, scene: int, way_out: str) -> bool:
    value = _amount(path, number, f"whether actor {actor + 1} plays in scene {scene + 1}", way_out)
    if number is not None and value not in (0, 1):
        said = f"whether actor {actor + 1} plays in scene {scene + 1} is {value}, not 0 or 1"
        raise AdmitError(f"{path}, line {number.line}: {said}.", way_out)
    return bool(value)


def _amount(path: Path, number: Number | None, what: str, way_out: str) -> int:
    if number is None:
        raise AdmitError(f"{path} ends before {what}.", way_out)
    if number.value < 0:
        raise AdmitError(f"{path}, line {number.line}: {what} is {number.value}, less than 0.", way_out)
    return number.value


def _instance(path: Path, plays: np.ndarray, pay: np.ndarray, days: np.ndarray) -> Instance:
    if float(pay.sum()) * float(days.sum()) >= LARGEST:
        raise AdmitError(
            f"{path}: the pay of all for all days is over {LARGEST:,}.", "Write pay in larger units, such as hundreds."
        )
    return Instance(plays, pay, days)
