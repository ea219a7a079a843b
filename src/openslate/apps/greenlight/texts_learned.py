"""Scripts, treatments and outlines in a training: asked for, learned from, and paid for before anything is kept.

Permission comes first and stands on the ledger with its price. Then everything is learned in memory; then every use is
spent, which finds whoever withdrew meanwhile; and only then is the forecaster stored. What was not made is not owed.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from openslate.accounts.voiding import void
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.known import Known
from openslate.apps.greenlight.works import Work
from openslate.data.written.asking import Answered, texts_for_learning
from openslate.errors import RightsError
from openslate.project import Project
from openslate.registry.learned_texts import note_texts
from openslate.registry.lineage import LET_THROUGH, link
from openslate.rights import tokens
from openslate.rights.authorising import spend

READER = "greenlight train"
ANOTHER_SAID_NO = "Another of those who hold the text did not permit it."
NOT_KEPT = "The training ended before its forecaster was kept."


@contextmanager
def permitted_texts(project: Project, works: Collection[str]) -> Iterator[Answered]:
    """The texts that a training may learn from; where it ends without a forecaster, their uses are not owed.

    Args:
        project: where.
        works: ids of the works that are learned from.

    Raises:
        RightsError: the ledger or the vault cannot be used.
    """
    answered = texts_for_learning(project, works, READER)
    for token in answered.unmade:
        void(project, token, ANOTHER_SAID_NO)
    try:
        yield answered
    except BaseException as error:
        for use in answered.uses:
            try:
                if not tokens.was_spent(project, tokens.entry_of(project, use.token)):
                    void(project, use.token, NOT_KEPT)
            except RightsError as failed:
                # What went wrong first is told first.
                error.add_note(f"A use of a text was not voided: {failed.what}")
        raise


def make_uses(project: Project, answered: Answered) -> None:
    """Make every permitted use, right before what was learned is kept.

    Raises:
        RightsError: somebody withdrew, or was erased, since they permitted it.
    """
    for use in answered.uses:
        try:
            spend(project, use.token, use.request)
        except RightsError as error:
            raise RightsError(
                f"A permission to learn from a text ended during the training: {error.what}",
                "Train again: the text is left out then. No forecaster was kept.",
                error.code,
            ) from error


def note_learned(project: Project, artifact: str, answered: Answered) -> None:
    """Record in the lineage which texts a forecaster learned from, and the entry that let them through."""
    note_texts(project, artifact, answered.commitments)
    if answered.entry:
        link(project, artifact, answered.entry, LET_THROUGH)


def plain_texts(known: Known, answered: Answered) -> dict[str, object]:
    """How many synopses and texts were learned from and left out, for a manifest."""
    synopses = {"used": sum(bool(work.text) for work in known.works), "reserved": known.reserved}
    return {**synopses, "written": answered.used, "left_out": answered.left_out}


def with_texts(past: Past, words: Mapping[str, tuple[str, ...]]) -> Past:
    """A past whose titles have what was written for them beside what is said of them.

    Args:
        past: what became of works.
        words: of permitted texts, by work.
    """
    if not words:
        return past
    works = tuple(_written(work, words) for work in past.labels.works)
    return replace(past, labels=replace(past.labels, works=works))


def _written(work: Work, words: Mapping[str, tuple[str, ...]]) -> Work:
    return replace(work, written="\n".join(words[work.id])) if work.id in words else work
