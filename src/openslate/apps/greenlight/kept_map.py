"""The thematic map and the titles on it, as a stored forecaster keeps them."""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load, save

from openslate.apps.greenlight.comps.keeping import keep_profiles, keep_theme, kept_profiles, kept_theme
from openslate.apps.greenlight.comps.profiles import Profiles
from openslate.apps.greenlight.comps.theme import Theme

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class KeptMap:
    """A map.

    Attributes:
        theme, profiles: uint8, arrays as safetensors.
        theme_words, profile_words: uint8, JSON.
    """

    theme: Bytes
    theme_words: Bytes
    profiles: Bytes
    profile_words: Bytes


def keep_map(theme: Theme, profiles: Profiles) -> KeptMap:
    """A map as bytes, the same for the same map."""
    packed = []
    for arrays, document in (keep_theme(theme), keep_profiles(profiles)):
        contiguous = {name: np.ascontiguousarray(array) for name, array in sorted(arrays.items())}
        packed += [save(contiguous), json.dumps(document, ensure_ascii=False, sort_keys=True).encode()]
    return KeptMap(*(np.frombuffer(one, dtype=np.uint8) for one in packed))


def kept_map(kept: KeptMap) -> tuple[Theme, Profiles]:
    """The map that was kept."""
    theme = kept_theme(load(kept.theme.tobytes()), json.loads(kept.theme_words.tobytes()))
    return theme, kept_profiles(load(kept.profiles.tobytes()), json.loads(kept.profile_words.tobytes()))
