"""What the processes of `test_killed` run: uses, readings, answers and words, each told once it took effect."""

import itertools
import os
import random
from dataclasses import replace
from pathlib import Path

from openslate import clock
from openslate.data import datasets
from openslate.data.catalogue import Catalogue
from openslate.errors import NothingAllowed
from openslate.project import Project
from openslate.rights.authorising import authorise, spend
from openslate.rights.consent import Basis, grant_source, record_member
from openslate.rights.records.store import grant, withdraw
from tests.lake_rows import add_rows
from tests.rights.people import GENERATE, PERFORMER

MEMBERS = ("ann", "bob", "cyd")


def work_for_ever(folder: str, told: str, seed: int) -> None:
    """Do one thing after the other, and write down what is about to be said, what was said, and every effect."""
    chance = random.Random(seed)
    project = Project.open(folder)
    said = os.open(told, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def tell(*words: object) -> None:
        os.write(said, (" ".join(map(str, words)) + "\n").encode())

    # Whoever was killed may have left the performer's record withdrawn.
    grant_again(project)
    for _ in itertools.count():
        member, chosen = chance.choice(MEMBERS), chance.random()
        if chosen < 0.4:
            given = authorise(project, GENERATE)
            if given.token is not None:
                tell("spent", spend(project, given.token, GENERATE), given.entry.hash)
        elif chosen < 0.5:
            withdraw(project, PERFORMER.record_id, "stop_new")
            assert authorise(project, GENERATE).token is None
            grant_again(project)
        elif chosen < 0.75:
            granted = chance.random() < 0.5
            tell("saying", member, granted)
            record_member(project, member, ["train", "personalize"], granted)
            tell("said", member, granted)
        elif chosen < 0.9:
            try:
                data = datasets.viewing(project, ("train",), "a test")
                tell("read", data.decision.entry, *data.members)
            except NothingAllowed:
                pass
        else:
            tell("answered", member, datasets.member_history(project, member, Catalogue(())).permitted)


def grant_again(project: Project) -> None:
    """A new consent of now, as the first one or after a withdrawal."""
    now = clock.now()
    grant(
        project,
        replace(
            PERFORMER,
            uses=tuple(replace(one, max_count=None) for one in PERFORMER.uses),
            issued_at=now,
            effective_from=now,
            expires_at=None,
        ),
    )


def start(folder: Path) -> Project:
    """A service of three members, and a performer who agreed."""
    project = Project.init(folder)
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [(member, "t1", "2026-01-01") for member in MEMBERS])
    grant_source(project, "test", Basis("Terms.", ("train", "personalize")))
    grant_again(project)
    return project
