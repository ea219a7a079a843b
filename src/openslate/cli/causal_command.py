"""`openslate greenlight causal`: a question about a choice between two alternatives.

What it needs to be registered: a command `causal` of `openslate greenlight` that takes the words of the question, the
measure, region and as-of day as the other verbs do, `--drop NAME` (repeatable), `--picture FILE` and `--json`; reads
labels (`apps.greenlight.labels.labels`) and the feature matrix that was known at each pitch as `Confounders` (values,
names and families as drivers are grouped by); and hands all of it to `causal`. The matrix must hold nothing that
follows from the choice, and the year of release as a column of its own.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from openslate.cli.output import print_json, say, waiting

if TYPE_CHECKING:
    from openslate.apps.greenlight.causal_types import Confounders
    from openslate.apps.greenlight.labels import Labels


def causal(
    question: str,
    labels: "Labels",
    confounders: "Confounders",
    *,
    drop: tuple[str, ...] = (),
    picture: Path | None = None,
    as_json: bool = False,
) -> None:
    """Answer a causal question and print it.

    Args:
        question: such as 'release in 11,12'.
        labels: works with their outcomes as known on the day that is asked.
        confounders: aligned with the labels.
        drop: names of confounders to leave out.
        picture: where to write the picture as SVG; None for nowhere.
        as_json: print one JSON document.

    Raises:
        UsageError: it is no question about a choice.
        FitError: the titles cannot tell.
    """
    from openslate.apps.greenlight.causal import ask
    from openslate.apps.greenlight.causal_questions import question as parsed
    from openslate.apps.greenlight.causal_words import document, sentences
    from openslate.apps.greenlight.causal_words import picture as drawn
    from openslate.storage.files import write_atomically

    with waiting("Comparing titles that are alike in all but the choice"):
        answer = ask(parsed(question), labels, confounders, drop=drop)
    if picture is not None:
        write_atomically(picture, drawn(answer).encode())
    if as_json:
        print_json({**document(answer), "picture": None if picture is None else str(picture)})
        return
    for sentence in sentences(answer):
        say(sentence)
    if picture is not None:
        say(f"The picture is at {picture}.")
