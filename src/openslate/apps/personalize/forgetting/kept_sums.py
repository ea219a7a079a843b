"""The kept sums without a member: brought up to date from the member's own part, and held against what they were.

Sums whose settings nobody can tell any more, or that would not be kept again, are removed: what is left can always be
counted from.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from openslate.apps.personalize.counting import Counting, Summed, Sums, described
from openslate.apps.personalize.sums import FOLDERS, KeptSums
from openslate.data.datasets import Viewing
from openslate.models.between import BetweenSettings
from openslate.models.sequential import SequentialSettings
from openslate.models.temporal import TemporalSettings
from openslate.models.weights import WeightSettings
from openslate.project import Project
from openslate.rights.unlearning import Accumulator

KINDS = {one.__name__: one for one in (WeightSettings, SequentialSettings, TemporalSettings, BetweenSettings)}


def digest(sums: Sums) -> str:
    """SHA-256 of sums, number after number as 64-bit integers, the least byte first.

    Example:
        >>> digest(np.array([1])) == hashlib.sha256(bytes([1, 0, 0, 0, 0, 0, 0, 0])).hexdigest()
        True
    """
    return hashlib.sha256(np.ascontiguousarray(sums, dtype="<i8").data).hexdigest()


def plain_settings(settings: Summed) -> dict[str, Any]:
    """Settings as a receipt may hold them: fractions as text.

    Example:
        >>> plain_settings(WeightSettings(half_life=0.5))
        {'kind': 'WeightSettings', 'engagement_share': '0.0', 'half_life': '0.5'}
    """
    return {name: str(value) if isinstance(value, float) else value for name, value in described(settings).items()}


def name_of(part: str, settings: Summed) -> str:
    """What sums are called in receipts and exports.

    Example:
        >>> name_of("all events", WeightSettings())
        'all events/433c14f9741a81b6'
    """
    text = json.dumps(described(settings), sort_keys=True).encode()
    return f"{part}/{hashlib.sha256(text).hexdigest()[:16]}"


def kept_settings(project: Project) -> list[tuple[str, Summed, int | None]]:
    """What is summed in each kept sum: its part, its settings, and the moment before which events count."""
    return [(part, settings, before) for part, settings, before, _ in _every(project)]


def old_digests(project: Project) -> dict[str, str]:
    """The digests of all kept sums, by name."""
    return {name_of(part, settings): digest(_mapped(path)) for part, settings, _, path in _every(project)}


def sums_without(project: Project, data: Viewing, old: dict[str, str]) -> dict[str, Accumulator]:
    """Bring every kept sum up to the retained data, and say what it was and is.

    Args:
        project: where.
        data: what is retained.
        old: digests of before, by name.

    Returns:
        By name. What is not there any more has no entry.
    """
    found = {}
    for part, settings, before, path in list(_every(project)):
        histories = data.histories if before is None else data.histories.keep(data.histories.times < before)
        kept = KeptSums(project, part, data, before=before)
        sums = Counting(histories, kept=kept).sums(settings)
        if path.exists():
            name = name_of(part, settings)
            found[name] = Accumulator(name, plain_settings(settings), old.get(name, ""), digest(sums))
    for part in FOLDERS:
        KeptSums(project, part, data).let_go()
    return found


def _every(project: Project) -> Iterator[tuple[str, Summed, int | None, Path]]:
    """Every kept sum: its part, settings and moment, and its file; others are removed on the way."""
    for part, folder in FOLDERS.items():
        for description in sorted((project.people / "sums" / folder).glob("*.json")):
            path = description.with_suffix(".npy")
            try:
                plain = json.loads(description.read_bytes())
                values, before = dict(plain["settings"]), plain["origin"]["before"]
                settings: Summed = KINDS[values.pop("kind")](**values)
            except (OSError, ValueError, KeyError, TypeError):
                description.unlink(missing_ok=True)
                path.unlink(missing_ok=True)
                continue
            if path.exists():
                yield part, settings, before, path


def _mapped(path: Path) -> Sums:
    sums: Sums = np.load(path, mmap_mode="r", allow_pickle=False)
    return sums
