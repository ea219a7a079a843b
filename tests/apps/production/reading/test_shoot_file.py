"""A shoot by hand: read whole, and everything that is wrong told at once with its line."""

from pathlib import Path

import pytest

from openslate.apps.production.reading.shoot_file import parse_shoot, read_shoot
from openslate.errors import AdmitError

EXAMPLE = Path("tests/apps/production/lamp.toml")


def test_the_example_is_read_whole() -> None:
    shoot = read_shoot(EXAMPLE)
    assert (len(shoot.scenes), len(shoot.cast), len(shoot.sets), len(shoot.locations)) == (9, 4, 4, 3)
    assert shoot.cast[1].contract.drops == 1
    assert [str(span.first) for span in shoot.cast[1].away] == ["2027-03-09"]
    assert shoot.scene_of["8"].shift == "night" and shoot.scene_of["3"].shift == "any"
    assert shoot.scene_of["7"].after == ("3",)
    assert shoot.move_between("Harbour", "Lighthouse").cost == 400
    assert shoot.move_between("Harbour", "Stage 2").cost == 900
    assert shoot.day.cost == 9000 and shoot.rules == ("openslate-crew",)


def test_everything_that_is_wrong_is_told_with_its_line() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace('currency = "USD"', 'currency = "DOL"').replace('set = "CLIFF PATH"', 'set = "CLIF PATH"', 1)
    text = text.replace("ends = 2027-03-19", "ends = 2027-02-19").replace('cast = ["2"]', 'cast = ["9"]')
    with pytest.raises(AdmitError) as caught:
        parse_shoot(text, "lamp.toml")
    said = caught.value.what
    assert "lamp.toml, line 4: currency = 'DOL' is refused: it is no currency of ISO 4217." in said
    assert "'CLIFF PATH' may be meant" in said
    assert "before the first day, 2027-03-01" in said
    assert "there is no such cast member" in said


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('number = "2"', 'number = "1"', "it is there twice"),
        ("eighths = 7", "eighths = 0", "it is below 1"),
        ("eighths = 7", "eighths = 7.5", "no whole number"),
        ("starts = 2027-03-01", 'starts = "soon"', "it is no day"),
        ('kind = "weekly"', 'kind = "monthly"', "it is none of"),
        ("away = [[2027-03-09, 2027-03-10]]", "away = [[2027-03-11, 2027-03-10]]", "it ends before it begins"),
        ('description = "The', 'descripton = "The', "'description' may be meant"),
        ("rate = 900", "rate = -1", "it is below 0"),
        ('name = "The Lamp Room"', 'name = ""', "fewer than 1"),
        ("fee = 600", "fee = nan", "no whole number"),
    ],
)
def test_each_flaw_has_its_sentence(old: str, new: str, why: str) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(AdmitError) as caught:
        parse_shoot(text.replace(old, new, 1))
    assert why in caught.value.what and "line" in caught.value.what
