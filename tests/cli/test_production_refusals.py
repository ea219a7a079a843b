"""Slips that production refuses in a sentence, and small figures that it does not round to nothing."""

import re
from pathlib import Path

import pytest

from openslate.apps.production.board.board_file import write_board
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.words import share_words
from openslate.apps.production.reading.shoot_file import parse_shoot, read_shoot
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import Span
from openslate.errors import AdmitError
from tests.apps.production.shoots import MONDAY, board_of, day, plain_shoot
from tests.cli.conftest import Openslate

LAMP = Path("tests/apps/production/lamp.toml")
EXAMPLE = Path("examples/production/lighthouse.toml")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("board") / "board.json"
    write_board(path, schedule(read_shoot(LAMP), effort=Effort(turns=2_000)).board)
    return path


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("replan", "BOARD", "--lost", "2027-03-09", "--change-cost", str(10**26)), "cannot cost 100,000,"),
        (("replan", "BOARD", "--lost", "2027-03-09", "--lost", "2027-03-09"), "Tuesday 9 March 2027 is named twice"),
        (("replan", "BOARD", "--lost", "2027-03-09", "--seconds", "inf"), "cannot end after inf seconds"),
        (("schedule", "--seconds", "inf"), "cannot end after inf seconds"),
        (("risk", "--board", "BOARD", "--spread", "nan"), "spread is nan."),
    ],
)
def test_what_makes_no_sense_is_refused(openslate: Openslate, board: Path, given: tuple[str, ...], told: str) -> None:
    verb, *rest = given
    said = openslate("production", verb, LAMP, *(board if one == "BOARD" else one for one in rest))
    assert said.code == 2
    assert told in " ".join(said.err.split()) and "scene_spread" not in said.err


def test_a_proof_of_an_instance_cannot_take_forever(openslate: Openslate, tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text("tiny\n4\n3\n1 0 1 0 10\n0 1 1 0 1\n1 0 0 1 3\n1 2 1 2\n")
    said = openslate("production", "talent", tmp_path / "tiny.txt", "--seconds", "inf")
    assert said.code == 2 and "cannot end after inf seconds" in said.err


@pytest.mark.parametrize("share", [1e-9, 0.0004999, 0.9999999])
def test_a_share_is_never_rounded_to_nothing_or_all(share: float) -> None:
    assert share_words(share) in ("less than 0.1%", "more than 99.9%")


def test_a_holiday_of_one_day_is_told_once() -> None:
    calendar = Calendar(MONDAY, day(20), holidays=(Span(day(1), day(1)), Span(day(2), day(3))))
    said = [one.words for one in clashes_of(board_of(plain_shoot(calendar=calendar), (1, "1"), (2, "2")))]
    assert "Tuesday 2 March 2027 is a holiday." in said
    assert any(one.endswith("is a holiday (from Wednesday 3 March 2027 to Thursday 4 March 2027).") for one in said)


@pytest.mark.parametrize("born", ["0001-01-01", "1900-05-01"])
def test_a_birth_of_another_age_is_refused_with_its_line(born: str) -> None:
    text = EXAMPLE.read_text().replace("born = 2016-08-14", f"born = {born}")
    with pytest.raises(AdmitError, match=rf"line \d+: cast 3 born = {born} is refused: it is more than 120 years"):
        parse_shoot(text)


@pytest.mark.parametrize(
    ("person", "use", "refused"),
    [("22", "background", True), ("2B", "background", True), ("nobody", "scan", True), ("crowd", "background", False)],
)
def test_a_mistyped_number_of_the_cast_is_no_group(person: str, use: str, refused: bool) -> None:
    text = EXAMPLE.read_text()
    text = re.sub(r"replicas = .*", f'replicas = [{{ person = "{person}", use = "{use}" }}]', text)
    if not refused:
        assert parse_shoot(text)
        return
    with pytest.raises(AdmitError, match=r"replicas 1 person = .* there is no such cast member"):
        parse_shoot(text)


def test_sets_without_a_place_are_told_in_the_order_of_lines(tmp_path: Path) -> None:
    rows = "number,set,pages\n1,QUAY,1\n2,BARN,1\n3,ATTIC,1\n4,QUAY,1\n5,BARN,1\n"
    (tmp_path / "scenes.csv").write_text(rows)
    (tmp_path / "shoot.toml").write_text(
        'name = "One"\ntables = { scenes = "scenes.csv" }\ncalendar = { starts = 2027-03-01, ends = 2027-03-05 }\n'
    )
    with pytest.raises(AdmitError) as caught:
        read_shoot(tmp_path / "shoot.toml")
    assert [int(one) for one in re.findall(r"line (\d+)", caught.value.what)] == [2, 3, 4]
