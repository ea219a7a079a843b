"""`openslate production permissions` says what the gate answers, and that without a project nobody allows anything."""

from pathlib import Path

from tests.cli.conftest import Openslate

SHOOT = """
name = "One day"
calendar = { starts = 2027-03-01, ends = 2027-03-12 }
location = [{ name = "Quay" }]
set = [{ name = "QUAY", location = "Quay" }]
cast = [{ id = "1", character = "MIRA", holder = "h-ada" }]

[[scene]]
number = "1"
set = "QUAY"
eighths = 5
cast = ["1"]
"""


def test_every_answer_is_told(tmp_path: Path, openslate: Openslate) -> None:
    shoot = tmp_path / "shoot.toml"
    shoot.write_text(SHOOT + 'replicas = [{ person = "1", use = "scan", asked = 2027-03-01 }]\n')
    said = openslate("-p", tmp_path / "none", "production", "permissions", shoot)
    assert (said.code, said.out) == (
        1,
        "A scan of MIRA (1) in scene 1 is not allowed: there is no project whose rights gate could be asked.\n",
    )
    assert openslate("init", tmp_path / "svc").code == 0
    said = openslate("-p", tmp_path / "svc", "production", "permissions", shoot, "--json")
    assert said.code == 1
    (answer,) = said.document["answers"]
    assert (answer["scene"], answer["date"], answer["allowed"], answer["codes"][0]) == ("1", None, False, "R01")


def test_a_shoot_without_replicas_has_nothing_to_ask(tmp_path: Path, openslate: Openslate) -> None:
    shoot = tmp_path / "shoot.toml"
    shoot.write_text(SHOOT)
    said = openslate("production", "permissions", shoot)
    assert (said.code, said.out) == (0, "No scene has a replica or a scan.\n")
    shoot.write_text(SHOOT + 'replicas = [{ person = "1", use = "scan", request = "../a.toml" }]\n')
    said = openslate("production", "permissions", shoot)
    assert said.code == 2
    assert "lies outside the shoot's folder" in said.err.replace("\n", " ")
