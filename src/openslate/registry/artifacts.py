"""Content-addressed models: a folder of safetensors and a manifest, named by what is in them.

The name covers the weights, the settings and the data they came from, and neither time nor place; so the same data,
settings and seed give the same id, and a changed byte is noticed when the model is opened.
"""

import dataclasses
import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from openslate import clock
from openslate.errors import RegistryError
from openslate.project import Project
from openslate.storage.files import content_hash, sync_folder, temporary_path, write_atomically

WEIGHTS = "weights.safetensors"
MANIFEST = "manifest.json"
REMOVED = "removed"
EMPTY: Mapping[str, Any] = {"parts": {}, "components": {}, "second_stage": []}
LEARNED = frozenset({*EMPTY, "settled", "held", "downdated"})
"""What a manifest says that was learned from members one by one; counts and validation figures are of all together."""
Tensors = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Artifact:
    """One stored model.

    Stability: stable.

    Attributes:
        id: SHA-256 that names it.
        kind: what it is, such as 'personalize'.
        manifest: what it was made from and how good it was.
        folder: where it lies.
    """

    id: str
    kind: str
    manifest: Mapping[str, Any]
    folder: Path


def save(project: Project, kind: str, parts: Mapping[str, object], manifest: Mapping[str, Any]) -> Artifact:
    """Store the fitted parts of a model; the same content stored twice is one artifact.

    Args:
        project: where.
        kind: what it is, such as 'personalize'.
        parts: name to frozen dataclass of arrays, plain values and further such dataclasses.
        manifest: plain values about its making: data, settings, seed, scores. Neither time nor place.

    Raises:
        RegistryError: a part holds something that is no array and no plain value.
    """
    tensors: Tensors = {}
    described: dict[str, Any] = {}
    for name, part in parts.items():
        described[name] = {"model": type(part).__name__, "fields": _pack(part, name, tensors)}
    temporary = temporary_path(project.models, "")
    temporary.mkdir()
    try:
        save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, temporary / WEIGHTS)
        whole = {"kind": kind, "parts": described, "weights": content_hash(temporary / WEIGHTS), **manifest}
        text = json.dumps(whole, sort_keys=True, indent=1, ensure_ascii=False).encode()
        write_atomically(temporary / MANIFEST, text)
        artifact = Artifact(hashlib.sha256(text).hexdigest(), kind, whole, project.models / _name(text))
        if not artifact.folder.exists():
            temporary.rename(artifact.folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    project.state.execute(
        # What was removed may be made again, of the same data.
        "INSERT INTO artifacts VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
        "SET manifest = excluded.manifest, recorded = excluded.recorded",
        (artifact.id, kind, text.decode(), clock.now().isoformat()),
    )
    return artifact


def find(project: Project, name: str) -> Artifact:
    """The artifact with an id, or with an id that begins so.

    Raises:
        RegistryError: none has it, or several have.
    """
    rows = project.state.rows(
        "SELECT id, kind, manifest FROM artifacts WHERE substr(id, 1, length(?)) = ?", (name, name)
    )
    if len(rows) != 1 or not name:
        several = "Several models begin with" if rows and name else "There is no model"
        raise RegistryError(f"{several} {name!r}.", "List them with `openslate models`.")
    identity, kind, manifest = (str(value) for value in rows[0])
    return Artifact(identity, kind, json.loads(manifest), project.models / identity)


def every(project: Project) -> list[Artifact]:
    """Every artifact, from first to latest."""
    ids = project.state.rows("SELECT id FROM artifacts ORDER BY rowid")
    return [find(project, str(row[0])) for row in ids]


def load(artifact: Artifact, models: Mapping[str, type[Any]]) -> dict[str, Any]:
    """The fitted parts of a stored model.

    Args:
        artifact: which.
        models: the dataclasses it may be made of, by name; nothing else is ever built.

    Raises:
        RegistryError: a file is missing or damaged, or another version stored it.
    """
    require_whole(artifact)
    try:
        tensors = load_file(artifact.folder / WEIGHTS)
    except (OSError, SafetensorError) as error:
        raise _damaged(artifact, f"a file of it cannot be read ({error})") from error
    parts = {}
    for name, part in artifact.manifest["parts"].items():
        if part["model"] not in models:
            raise RegistryError(
                f"Model {artifact.id[:12]} has a part of kind {part['model']!r}, which is unknown here.",
                "Open it with the code that made it, or train again.",
            )
        parts[name] = _unpack(models[part["model"]], part["fields"], name, tensors)
    return parts


def remove(project: Project, artifact: Artifact, why: str) -> None:
    """Delete a model and all that its manifest says of what it learned; what it was made from and when stays known.

    Done again, it finishes what a crash left.

    Args:
        project: where.
        artifact: which.
        why: as a clause, shown to whoever asks for it.
    """
    stays = {name: value for name, value in artifact.manifest.items() if name not in LEARNED}
    text = json.dumps({**stays, **EMPTY, REMOVED: artifact.manifest.get(REMOVED, why)}, sort_keys=True)
    project.state.execute("UPDATE artifacts SET manifest = ? WHERE id = ?", (text, artifact.id))
    if artifact.folder.exists():
        shutil.rmtree(artifact.folder)
        sync_folder(artifact.folder.parent)


def take_place(project: Project, new: str, old: str) -> None:
    """Let a model stand in time where another one stood, so that later ones stay later.

    Args:
        project: where.
        new: id of the model that stays.
        old: id of the one that goes.
    """
    project.state.execute(
        "UPDATE artifacts SET recorded = (SELECT recorded FROM artifacts WHERE id = ?) WHERE id = ?", (old, new)
    )


def require_whole(artifact: Artifact) -> None:
    """Refuse a model whose files are not those it was stored with.

    Raises:
        RegistryError: a file is missing or damaged, or the model was removed.
    """
    if REMOVED in artifact.manifest:
        raise RegistryError(
            f"Model {artifact.id[:12]} was removed: {artifact.manifest[REMOVED]}.", "Name another, or train one."
        )
    try:
        if content_hash(artifact.folder / MANIFEST) != artifact.id:
            raise _damaged(artifact, "its manifest is not the one that names it")
        if content_hash(artifact.folder / WEIGHTS) != artifact.manifest["weights"]:
            raise _damaged(artifact, "its weights are not those it was stored with")
    except OSError as error:
        raise _damaged(artifact, f"a file of it cannot be read ({error})") from error


def _name(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _damaged(artifact: Artifact, why: str) -> RegistryError:
    return RegistryError(
        f"Model {artifact.id[:12]} is damaged: {why}.",
        "Restore its folder from a backup, or delete the folder and train again: the same data gives the same model.",
    )


def _pack(part: Any, path: str, tensors: Tensors) -> dict[str, Any]:
    """Plain values of a dataclass; its arrays go to `tensors` under their dotted path.

    An array that is there already, because two parts share it, is stored once: its path stands in its place.
    """
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        place = f"{path}.{field.name}"
        if isinstance(value, np.ndarray):
            twin = next((name for name, tensor in tensors.items() if tensor is value), None)
            if twin is None:
                tensors[place] = value
            else:
                fields[field.name] = twin
        elif dataclasses.is_dataclass(value):
            fields[field.name] = _pack(value, place, tensors)
        elif value is None or isinstance(value, str | int | float | bool | tuple):
            fields[field.name] = list(value) if isinstance(value, tuple) else value
        else:
            raise RegistryError(
                f"{place} is a {type(value).__name__}, which cannot be stored.", "Make it an array or a plain value."
            )
    return fields


def _unpack(model: type[Any], fields: Mapping[str, Any], path: str, tensors: Tensors) -> Any:
    values: dict[str, Any] = {}
    hints = get_type_hints(model)
    for field in dataclasses.fields(model):
        place = f"{path}.{field.name}"
        if place in tensors:
            values[field.name] = tensors[place]
        elif field.name not in fields:
            # A default would answer otherwise than the model that was measured.
            raise RegistryError(
                f"The model was stored without {place}, by another version of Openslate.",
                "Open it with the code that made it, or train again; --force lets the new one serve.",
            )
        elif get_origin(hints[field.name]) is np.ndarray:
            values[field.name] = tensors[fields[field.name]]
        elif isinstance(fields[field.name], dict):
            values[field.name] = _unpack(_dataclass_in(hints[field.name]), fields[field.name], place, tensors)
        elif isinstance(fields[field.name], list):
            values[field.name] = tuple(fields[field.name])
        else:
            values[field.name] = fields[field.name]
    return model(**values)


def _dataclass_in(hint: Any) -> Any:
    """The dataclass a field holds, also where it may hold None instead."""
    return next((one for one in get_args(hint) if dataclasses.is_dataclass(one)), hint)
