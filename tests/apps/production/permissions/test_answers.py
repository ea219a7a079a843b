"""The gate is asked about every replica and scan of a board, and what nobody allowed is not allowed."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from openslate import clock
from openslate.apps.production.board.board import Board
from openslate.apps.production.permissions.answers import answers_for
from openslate.apps.production.permissions.requests import request_for
from openslate.apps.production.permissions.uses import uses_of
from openslate.apps.production.shoot.people import CastMember, Contract
from openslate.apps.production.shoot.scenes import Replica
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.records.store import grant
from openslate.rights.request import Request
from tests.apps.production.shoots import board_of, day, plain_shoot, scene
from tests.rights.people import GENERATE, NOW, PERFORMER, SCAN, WORDS

HELD = replace(
    PERFORMER,
    uses=(PermittedUse("scan", WORDS), PermittedUse("generate", WORDS)),
    effective_from=NOW - timedelta(days=30),
)


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def written(folder: Path, name: str, request: Request) -> str:
    """The name of the file into which a request was written."""
    said = {key: value for key, value in asdict(request).items() if value not in (None, "", ())}
    (folder / name).write_text(
        json.dumps(said, default=lambda one: list(one) if isinstance(one, frozenset) else str(one))
    )
    return name


def _plain(value: object) -> object:
    return list(value) if isinstance(value, frozenset) else str(value)


def board(*replicas: Replica, **more: Any) -> Board:
    cast = (CastMember("1", "MIRA", "Ada Berg", Contract("day", 1000), holder="h-ada", **more),)
    return board_of(plain_shoot(scenes=(scene("4", ["1"], replicas=replicas),), cast=cast), (3, "4"))


def given(project: Project, record: ConsentRecord) -> None:
    grant(project, record)


def test_a_scan_that_is_agreed_to_is_allowed_on_the_day_of_the_board(project: Project, tmp_path: Path) -> None:
    name = written(tmp_path, "scan.json", replace(SCAN, notice_at=None, scan_at=None))
    asked = board(Replica("1", "scan", name, day(0)))
    assert not answers_for(asked, project, tmp_path)[0].allowed
    given(project, HELD)
    answer = answers_for(asked, project, tmp_path)[0]
    assert answer.allowed, answer.words(asked.shoot)
    assert answer.words(asked.shoot) == (
        "A scan of Ada Berg (1, MIRA) in scene 4 on Thursday 4 March 2027 is allowed by the record rec-performer,"
        " as of today."
    )


def test_too_little_notice_is_no(project: Project, tmp_path: Path) -> None:
    given(project, HELD)
    name = written(tmp_path, "scan.json", replace(SCAN, notice_at=None, scan_at=None))
    answer = answers_for(board(Replica("1", "scan", name, day(1))), project, tmp_path)[0]
    assert answer.verdict is not None
    assert answer.verdict.code == "R06"


def test_a_replica_is_asked_for_in_its_scene(project: Project, tmp_path: Path) -> None:
    given(project, replace(HELD, uses=(PermittedUse("generate", WORDS, scenes=("4",)),)))
    name = written(tmp_path, "double.json", replace(GENERATE, scene="another"))
    asked = board(Replica("1", "replica", name))
    assert request_for(next(iter(uses_of(asked))), asked.shoot, tmp_path).scene == "4"
    assert answers_for(asked, project, tmp_path)[0].allowed


def test_without_a_request_the_gate_says_what_is_missing(project: Project, tmp_path: Path) -> None:
    asked = board(Replica("1", "scan"), Replica("crowd", "background"))
    scan, background = answers_for(asked, project, tmp_path)
    assert scan.words(asked.shoot).startswith(
        "A scan of Ada Berg (1, MIRA) in scene 4 on Thursday 4 March 2027 is not allowed. R01: "
    )
    assert background.words(asked.shoot).startswith("A background replica of crowd in scene 4 ")
    assert background.verdict is not None
    assert not background.allowed


def test_without_a_project_nothing_is_allowed(tmp_path: Path) -> None:
    asked = board(Replica("1", "replica"))
    (answer,) = answers_for(asked, None, tmp_path)
    assert not answer.allowed
    assert answer.words(asked.shoot).endswith("is not allowed: there is no project whose rights gate could be asked.")


def test_a_scene_in_the_boneyard_is_asked_about_without_a_day(tmp_path: Path) -> None:
    shoot = plain_shoot(scenes=(scene("4", ["1"], replicas=(Replica("1", "scan"),)),))
    (use,) = uses_of(Board(shoot, (), ("4",)))
    assert use.day is None
    assert request_for(use, shoot, tmp_path).scan_at is None


@pytest.mark.parametrize(
    ("replica", "request_", "words"),
    [
        (Replica("1", "scan", "../scan.json"), None, "lies outside the shoot's folder"),
        (Replica("1", "scan", "none.json"), None, "cannot be read"),
        (Replica("1", "scan", "made.json"), GENERATE, "asks for 'generate', and the scene has a 'scan'"),
        (Replica("1", "scan", "made.json"), replace(SCAN, subject="h-bo"), "is of 'h-bo', and cast member 1 has"),
    ],
)
def test_a_request_that_does_not_fit_is_refused(
    tmp_path: Path, replica: Replica, request_: Request | None, words: str
) -> None:
    if request_ is not None:
        written(tmp_path, "made.json", request_)
    with pytest.raises(UsageError, match=words):
        answers_for(board(replica), None, tmp_path)
