"""Heat, whether a record is outranked, and whether it is published: by the format's rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from openslate.apps.press.scores.taxonomy import Rule

EACH = 10
"""Heat of each related item."""
OUTRANKED = -1


@dataclass(frozen=True)
class Standing:
    """How a record stands.

    Attributes:
        heat: quality and ten of each related item; -1 where it is outranked.
        outranked: by how many related items of a higher quality; an equal one does not outrank.
        published: whether readers are shown it.
        words: why, in a sentence.
    """

    heat: int
    outranked: int
    published: bool
    words: str


def standing_of(quality: int, related: Sequence[int], rule: Rule = Rule()) -> Standing:
    """How a record stands beside its related items.

    Args:
        quality: of the record.
        related: qualities of its related items.
        rule: when a record is published.

    Example:
        >>> standing_of(87, [59, 47]).heat, standing_of(17, [47, 47]).heat, standing_of(63, [63, 10]).published
        (107, -1, True)
    """
    above = sum(one > quality for one in related)
    if above:
        said = f"{above} related item{'s outrank' if above > 1 else ' outranks'} its quality of {quality}"
        return Standing(OUTRANKED, above, False, f"Not published: {said}.")
    heat = quality + EACH * len(related)
    counted = heat if rule.by == "heat" else quality
    told = f"{rule.by} {counted} is {'at least' if counted >= rule.least else 'below'} {rule.least}"
    published = counted >= rule.least
    return Standing(heat, 0, published, f"{'Published' if published else 'Not published'}: {told}.")
