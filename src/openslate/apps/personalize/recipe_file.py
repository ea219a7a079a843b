"""Recipes as plain values and as files: read back from a manifest, or from what a search or a person wrote."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_bounds import require_bounds
from openslate.errors import ProjectError, UsageError
from openslate.storage.files import write_atomically

LONGEST_SHOWN = 80
"""Characters of a wrong value that a message repeats."""


def recipe_from(plain: Mapping[str, Any], where: str = "the recipe") -> Recipe:
    """The recipe of these settings; what is not named stays as it is by default.

    Args:
        plain: settings by name, nested as in `Recipe`.
        where: what is read, for the message.

    Raises:
        UsageError: a setting is unknown, of the wrong kind, or out of bounds.

    Example:
        >>> recipe_from({"sequential": {"l2": 30.0}}).sequential.l2, recipe_from({}) == Recipe()
        (30.0, True)
    """
    way_out = "The settings are listed in docs/models.md; leave out what should stay as it is by default."
    whole = _over(asdict(Recipe()), plain)
    for name, value in leaves(whole):
        if isinstance(value, int | float):
            require_bounds(name, value, where, way_out)
    try:
        # As JSON, because there a list may stand for a tuple while text still stands for no number.
        recipe = TypeAdapter(Recipe).validate_json(json.dumps(whole), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "the whole"
        shown = repr(first["input"])
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}..."
        raise UsageError(f"{where} sets {name} to {shown}: {first['msg']}.", way_out) from error
    known = dict(leaves(asdict(recipe)))
    unknown = [name for name, _ in leaves(plain) if name not in known]
    if unknown:
        raise UsageError(f"{where} has a setting {unknown[0]!r}, which no recipe has.", way_out)
    return recipe


def read_recipe(path: Path) -> Recipe:
    """The recipe a JSON file holds.

    Args:
        path: the file.

    Raises:
        ProjectError: it cannot be read.
        UsageError: it is no JSON object, or holds what no recipe has.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once_each)
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {error.strerror}.", "Name a recipe's JSON file.") from error
    except RecursionError as error:
        raise UsageError(f"{path} is nested too deeply.", "Write it as a search does.") from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}.", "Write it as a search does, or correct that place.") from error
    if not isinstance(plain, dict):
        raise UsageError(f"{path} holds no JSON object.", 'Write settings by name, such as {"sequential": {"l2": 30}}.')
    return recipe_from(plain, str(path))


def write_recipe(path: Path, recipe: Recipe) -> None:
    """Write every setting of a recipe as a JSON file.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        write_atomically(path, (json.dumps(asdict(recipe), indent=2) + "\n").encode())
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def plain_values(recipe: Recipe) -> dict[str, Any]:
    """Every setting as JSON gives it back: equal to what a manifest holds of an equal recipe, lists and all."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(recipe)))
    return plain


def leaves(plain: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every setting by its dotted name.

    Example:
        >>> list(leaves({"sequential": {"l2": 20.0}}))
        [('sequential.l2', 20.0)]
    """
    for name, value in plain.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _once_each(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, none of whose names may stand there twice: one of the two values would go unheard."""
    names = [name for name, _ in pairs]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ValueError(f"an object names {twice[0]!r} twice")
    return dict(pairs)


def _over(defaults: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The defaults with what is given in their place."""
    return {
        name: _over(defaults[name], given[name])
        if isinstance(defaults.get(name), Mapping) and isinstance(given.get(name), Mapping)
        else given.get(name, defaults.get(name))
        for name in {**defaults, **given}
    }
