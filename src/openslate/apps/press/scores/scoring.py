"""A record scored anew, beside what it said of itself."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from openslate.apps.press.records.record import Record
from openslate.apps.press.records.writing import record_text
from openslate.apps.press.scores.heat import Standing, standing_of
from openslate.apps.press.scores.quality import Quality, quality_of
from openslate.apps.press.scores.taxonomy import Taxonomy
from openslate.errors import AdmitError
from openslate.storage.files import write_atomically


@dataclass(frozen=True)
class Scored:
    """What a record scores.

    Stability: provisional.

    Attributes:
        before: the record as it was.
        quality: by the rule.
        standing: beside its related items, whose qualities are taken as they are: their topics are not said.
    """

    before: Record
    quality: Quality
    standing: Standing

    @cached_property
    def record(self) -> Record:
        """The record with its scores."""
        standing = self.standing
        return replace(self.before, quality=self.quality.value, heat=standing.heat, published=standing.published)

    @property
    def changed(self) -> bool:
        """Whether it said otherwise."""
        return self.record != self.before


def scored(record: Record, taxonomy: Taxonomy) -> Scored:
    """Score a record.

    Args:
        record: with its related items.
        taxonomy: topics, tiers and the rule of what is published.
    """
    quality = quality_of(record, taxonomy)
    standing = standing_of(quality.value, [one.quality for one in record.related], taxonomy.rule)
    return Scored(record, quality, standing)


def write_scored(path: Path, found: Scored) -> None:
    """Write a record with its scores, whole or not at all; one that says the same already stays as it is.

    Args:
        path: of its file.
        found: what it scores.

    Raises:
        AdmitError: it cannot be written.
    """
    if not found.changed:
        return
    try:
        write_atomically(path, record_text(found.record).encode())
    except OSError as error:
        raise AdmitError(f"{path} cannot be written: {error.strerror}.", "Mend its permissions.") from error
