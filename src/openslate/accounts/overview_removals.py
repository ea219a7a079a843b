"""The overview's table of what is to be removed, and its counts of scans and replicas."""

from openslate.accounts.overview import Overview
from openslate.accounts.person_words import moment, number
from openslate.drawing.sheet import Block, Prose, Table

WHAT = {"file": "a generated file", "replica": "a scan or replica", "training": "what a training learned"}


def removals(found: Overview) -> list[Block]:
    """How many scans there are, and what is to be removed since somebody withdrew."""
    counts = found.replicas
    blocks: list[Block] = [
        Prose(
            f"{number(counts.kept, 'scan or replica is', 'scans and replicas are')} kept, {counts.past:,} of them past "
            f"the day to destroy; {counts.destroyed:,} recorded as destroyed."
        )
    ]
    if found.removals:
        rows = [
            (one.name, WHAT[one.what], f"{one.record}, effect {one.effect}", moment(one.withdrawn))
            for one in found.removals
        ]
        caption = "To be removed by whoever keeps it; then say so: openslate rights removed NAME --evidence WORDS"
        blocks.append(Table(caption, ("name", "what", "consent", "withdrawn"), rows))
    else:
        blocks.append(Prose("Nothing is to be removed because of a withdrawal."))
    if found.unlearning and not any(one.what == "training" for one in found.removals):
        blocks.append(Prose("Somebody asked for models to unlearn: no training on their material waits for that."))
    return blocks
