"""Kept sums: what training counted, for the next training to add to what is new and take out what is gone.

Beside the prepared histories, for the owner's eyes only: sums say nothing of one member by name, but they are exact.
Each lies with a description of what it was counted from. The next training compares those histories with its own,
member by member, takes the old ones of every member who changed out of the sums and adds the new ones; whole numbers
make that equal to counting from the beginning, bit for bit. Where anything about the sums is not as described, or
most of the events are of changed members, everything is counted.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from openslate.apps.personalize.changes import Changes, changes_between
from openslate.apps.personalize.counting import Summed, Sums, Tell, add, described, over_titles, pairs_counted, sums_of
from openslate.data.datasets import Viewing
from openslate.data.prepared import Prepared, named
from openslate.models.histories import Histories
from openslate.project import Project
from openslate.registry.environment import code_version
from openslate.storage.files import OWNER_ONLY, content_hash, make_folder, write_atomically

WORTH_KEEPING = 8.0
"""Pairs of events looked at for each entry of the sums from which on reading them is quicker than counting again."""
ALL_EVENTS, VALIDATION = "all events", "validation"
FOLDERS = {part: part.replace(" ", "-") for part in (ALL_EVENTS, VALIDATION)}


@dataclass(frozen=True)
class KeptSums:
    """Sums over one part of a project's histories, from one training to the next.

    Attributes:
        project: where.
        part: which part, such as 'validation'.
        data: what is trained on now.
        before: microseconds since 1970-01-01 UTC; the part holds events before it alone. None for all.
        said: what became of each kind of sums so far.
    """

    project: Project
    part: str
    data: Viewing
    before: int | None = None
    said: dict[str, str] = field(default_factory=dict)
    _changes: dict[str, Changes | None] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        return self.project.people / "sums" / self.part.replace(" ", "-")

    @property
    def outcome(self) -> str | None:
        """How the sums came about, in words; None where none was asked for."""
        return "; ".join(dict.fromkeys(self.said.values())) or None

    def sums(self, settings: Summed, histories: Histories, count: Callable[[], Sums], tell: Tell) -> Sums:
        """The sums over the histories: as they were kept, brought up to date, or counted.

        Args:
            settings: what is summed.
            histories: the part of the data, all its members.
            count: counts them from the beginning.
            tell: told how much is done.
        """
        name = hashlib.sha256(json.dumps(described(settings), sort_keys=True).encode()).hexdigest()[:16]
        if pairs_counted(histories, settings) < WORTH_KEEPING * histories.n_titles**2:
            self.said[name] = "counted"
            return count()
        kept = self._kept(name)
        if kept is not None and kept["origin"] == self._origin:
            self.said.setdefault(name, "as counted before")
            return _read(self.folder / f"{name}.npy")
        changes = None if kept is None else self._changed(kept["origin"], histories)
        if changes is None:
            self.said[name], sums = "counted", count()
        elif changes.too_many:
            self.said[name], sums = f"counted, {changes.in_words}", count()
        else:
            self.said[name] = f"updated, {changes.in_words}"
            sums = updated(self.folder / f"{name}.npy", changes, settings, tell)
        self._keep(name, settings, sums)
        return sums

    def let_go(self) -> None:
        """Remove sums of earlier data: nobody has asked for them this time."""
        for path in self.folder.glob("*.json"):
            description = _description(path)
            if description is None or description["origin"]["prepared"] != self.data.prepared:
                path.unlink()
                path.with_suffix(".npy").unlink(missing_ok=True)

    @cached_property
    def _origin(self) -> dict[str, Any]:
        return {"prepared": self.data.prepared, "before": self.before}

    def _kept(self, name: str) -> dict[str, Any] | None:
        """The description of kept sums that are whole and were counted as they would be now."""
        description = _description(self.folder / f"{name}.json")
        if description is None or description["counted_by"] != _counted_by():
            return None
        path = self.folder / f"{name}.npy"
        return description if path.exists() and content_hash(path) == description["hash"] else None

    def _keep(self, name: str, settings: Summed, sums: Sums) -> None:
        """Write sums down; a disk that has no room for them is no reason to stop training."""
        path = self.folder / f"{name}.npy"
        try:
            make_folder(self.folder, OWNER_ONLY)
            make_folder(self.folder.parent, OWNER_ONLY)
            path.with_suffix(".json").unlink(missing_ok=True)
            if shutil.disk_usage(self.folder).free < 2 * sums.nbytes:
                path.unlink(missing_ok=True)
                return
            np.save(path, sums)
            description = {
                "settings": described(settings),
                "origin": self._origin,
                "counted_by": _counted_by(),
                "hash": content_hash(path),
            }
            checked = {**description, "checksum": _checksum(description)}
            write_atomically(path.with_suffix(".json"), json.dumps(checked, indent=1).encode())
        except OSError:
            path.unlink(missing_ok=True)

    def _changed(self, origin: dict[str, Any], histories: Histories) -> Changes | None:
        """How the histories differ from those that sums were counted from, or None where those are gone."""
        key = json.dumps(origin)
        if key not in self._changes:
            before = named(self.project, origin["prepared"])
            titles = tuple(title.title for title in self.data.catalogue.titles)
            self._changes[key] = (
                None
                if before is None
                else changes_between(before, origin["before"], self.data.members, titles, histories)
            )
        return self._changes[key]


def remove_sums(project: Project) -> None:
    """Remove all kept sums: nobody is left whom they could be of, or they are of somebody who is gone."""
    for folder in FOLDERS.values():
        for path in (project.people / "sums" / folder).glob("*"):
            path.unlink(missing_ok=True)


def sums_of_prepared(project: Project, prepared: Prepared, settings: Summed) -> Sums:
    """The sums over earlier histories: as they were kept, where they still are; else counted.

    Args:
        project: where.
        prepared: the histories.
        settings: what is summed.
    """
    name = hashlib.sha256(json.dumps(described(settings), sort_keys=True).encode()).hexdigest()[:16]
    path = project.people / "sums" / FOLDERS[ALL_EVENTS] / f"{name}.npy"
    known = _description(path.with_suffix(".json"))
    origin = {"prepared": prepared.folder.name, "before": None}
    same = known is not None and known["origin"] == origin and known["counted_by"] == _counted_by()
    if known is not None and same and path.exists() and content_hash(path) == known["hash"]:
        return _read(path)
    return sums_of(prepared.histories, settings)


def updated(path: Path, changes: Changes, settings: Summed, tell: Tell) -> Sums:
    """Sums over earlier histories, made those over the present ones.

    Args:
        path: the file of the earlier sums.
        changes: between both histories.
        settings: what is summed.
        tell: told how much is done.
    """
    places = changes.places
    if np.array_equal(places, np.arange(changes.n_before)):
        sums = _read(path)
    else:
        sums = over_titles(np.load(path, mmap_mode="r", allow_pickle=False), settings, places)
    add(sums, changes.gone, settings, sign=-1, tell=lambda share: tell(share / 2))
    add(sums, changes.come, settings, tell=lambda share: tell(0.5 + share / 2))
    return over_titles(sums, settings, np.arange(changes.n_now)) if len(places) > changes.n_now else sums


def _description(path: Path) -> dict[str, Any] | None:
    """What a file says of the sums beside it, or None where it is no such file, or was changed since it was written."""
    try:
        description: dict[str, Any] = json.loads(path.read_bytes())
        checksum = description.pop("checksum")
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None
    return description if checksum == _checksum(description) else None


def _checksum(description: dict[str, Any]) -> str:
    """Of all that is said of sums: a moment that is not the one they were counted to would spoil the next ones."""
    return hashlib.sha256(json.dumps(description, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> Sums:
    sums: Sums = np.load(path, allow_pickle=False)
    return sums


def _counted_by() -> dict[str, str]:
    """What decides how events become whole numbers."""
    return {"code": code_version(), "numpy": version("numpy")}
