"""Two members who change their minds: one withdraws and is answered otherwise at once, one is forgotten."""

from openslate.accounts.erasing import erase_member
from openslate.apps.personalize.demonstration.story import Step, joined
from openslate.apps.personalize.forgetting.erasing import models_forget
from openslate.apps.personalize.home import home_from
from openslate.apps.personalize.recommender import Recommender
from openslate.progress import Progress, silent
from openslate.project import Project
from openslate.rights.consent import record_member

REASON = "asked for in a demonstration"


def withdrawal(project: Project, recommender: Recommender, member: str) -> Step:
    """A member refuses personalisation, and the very next page uses nothing of theirs."""
    before = home_from(recommender, member).personalised
    record_member(project, member, ["personalize"], granted=False)
    after = home_from(recommender, member).personalised
    return Step(
        "A member withdraws from personalisation",
        "obeyed by the very next page" if before and not after else "nothing was personalised",
        f"The page before was {_kind(before)}, the one after is {_kind(after)}.",
    )


def forgetting(project: Project, member: str, progress: Progress = silent) -> Step:
    """A member is erased from every file, and the model that serves is fitted again without them."""
    done = erase_member(project, member, REASON, models_forget(), progress=progress).receipt
    waits = len(done.pending)
    parts = [part for model in done.models if model["new_model"] for part in model["parts"]]
    exact = sum(part["exact"] for part in parts)
    return Step(
        "Another member asks to be forgotten",
        f"{len(done.files)} files rewritten or removed",
        joined(
            (
                f"A scan of all {done.looked_at['bytes'] / 1e6:,.0f} MB found nothing left.",
                f"The serving model was fitted again without them: {exact} of its {len(parts)} parts are exact."
                * bool(parts),
                f"{waits} parts wait, with a deadline, because validation chose them with the member's help."
                * bool(waits),
            )
        ),
    )


def _kind(personalised: bool) -> str:
    return "the member's own" if personalised else "the same for everyone"
