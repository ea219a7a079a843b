"""A theme and the titles placed by it as arrays and plain JSON, so that a trained model answers at once."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.apps.greenlight.comps.profiles import Profiles
from openslate.apps.greenlight.comps.theme import Theme
from openslate.models.comparing.name_sets import NameRows, Rarity
from openslate.models.comparing.texts import TextRows, TextSpace

Arrays = dict[str, NDArray[Any]]


def keep_theme(theme: Theme) -> tuple[Arrays, dict[str, Any]]:
    """A theme as named arrays and a document of JSON, from which `kept_theme` makes the same one.

    Example:
        >>> from openslate.apps.greenlight.comps.theme import fit_theme
        >>> from openslate.apps.greenlight.works import Work
        >>> works = [Work("a", "Ash", genres=("Noir",)), Work("b", "Bay", genres=("Noir",))]
        >>> theme = fit_theme(works)
        >>> again = kept_theme(*keep_theme(theme))
        >>> bool((again.total(works, works) == theme.total(works, works)).all())
        True
    """
    arrays: Arrays = {
        "words.rarity": theme.texts.rarity,
        "words.axes": theme.texts.axes,
        "usual": theme.usual,
        "weights": theme.weights,
    }
    document: dict[str, Any] = {
        "works": theme.works,
        "vocabulary": list(theme.texts.vocabulary),
        "budget_spread": theme.budget_spread,
        "length_spread": theme.length_spread,
        "rarity": {},
    }
    for what, rarity in theme.rarity.items():
        arrays[f"rarity.{what}"] = np.array(list(rarity.holding.values()), dtype=np.int64)
        document["rarity"][what] = {"lists": rarity.lists, "names": list(rarity.holding)}
    return arrays, document


def kept_theme(arrays: Mapping[str, NDArray[Any]], document: Mapping[str, Any]) -> Theme:
    """The theme that was kept."""
    return Theme(
        works=int(document["works"]),
        texts=TextSpace(tuple(document["vocabulary"]), arrays["words.rarity"], arrays["words.axes"]),
        rarity={
            what: Rarity(int(kept["lists"]), dict(zip(kept["names"], arrays[f"rarity.{what}"].tolist(), strict=True)))
            for what, kept in document["rarity"].items()
        },
        budget_spread=float(document["budget_spread"]),
        length_spread=float(document["length_spread"]),
        usual=arrays["usual"],
        weights=arrays["weights"],
    )


def keep_profiles(profiles: Profiles) -> tuple[Arrays, dict[str, Any]]:
    """Placed titles as named arrays and a document of JSON, from which `kept_profiles` makes the same ones."""
    arrays: Arrays = {"themes": profiles.texts.themes}
    document: dict[str, Any] = {"titles": len(profiles)}
    _keep_rows(arrays, "texts", profiles.texts.words)
    document["words"] = profiles.texts.words.shape[1]
    for field in fields(Profiles):
        value = getattr(profiles, field.name)
        if isinstance(value, NameRows):
            _keep_rows(arrays, field.name, value.weights)
            document[field.name] = list(value.names)
        elif isinstance(value, np.ndarray) and value.dtype == object:
            document[field.name] = value.tolist()
        elif isinstance(value, np.ndarray):
            arrays[field.name] = value
    return arrays, document


def kept_profiles(arrays: Mapping[str, NDArray[Any]], document: Mapping[str, Any]) -> Profiles:
    """The placed titles that were kept."""
    titles = int(document["titles"])
    words = _kept_rows(arrays, "texts", (titles, int(document["words"])))
    parts: dict[str, Any] = {"texts": TextRows(words, arrays["themes"], np.diff(words.indptr) > 0)}
    for field in fields(Profiles):
        if field.name in arrays:
            parts[field.name] = arrays[field.name]
        elif f"{field.name}.offsets" in arrays and field.name != "texts":
            names = tuple(document[field.name])
            weights = _kept_rows(arrays, field.name, (titles, len(names)))
            parts[field.name] = NameRows(names, weights, np.diff(weights.indptr) > 0)
        elif field.name != "texts":
            parts[field.name] = np.array(_words(document[field.name]), dtype=object)
    return Profiles(**parts)


def _words(values: Sequence[Any]) -> list[str]:
    return [str(value) for value in values]


def _keep_rows(arrays: Arrays, name: str, rows: csr_array) -> None:
    arrays[f"{name}.values"] = rows.data
    arrays[f"{name}.columns"] = rows.indices
    arrays[f"{name}.offsets"] = rows.indptr


def _kept_rows(arrays: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, int]) -> csr_array:
    return csr_array((arrays[f"{name}.values"], arrays[f"{name}.columns"], arrays[f"{name}.offsets"]), shape=shape)
