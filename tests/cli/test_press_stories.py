"""`openslate press stories`, `merge` and `split`: sentences, JSON and exit codes."""

from datetime import timedelta
from pathlib import Path

import pytest

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.items import add_items
from openslate.apps.press.records.record import Provider
from openslate.project import Project
from tests.apps.press.headlines import MORNING
from tests.cli.conftest import Openslate

WHO = ("--by", "Ada Lane", "--why", "One event.")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    desk = Desk(Project.init(tmp_path / "svc"))
    titles = ("Night Ferry wins Golden Gull at Ostend", "Madrid dubbing actors walk out")
    slate = Provider("Slate", "slate.example")
    for hours, title in enumerate(titles):
        when = MORNING + timedelta(hours=2 * hours)
        add_items(desk, [Item(f"https://slate.example/{hours}", title, "", when, when, slate, "slate")])
    desk.close()
    return tmp_path / "svc"


def test_stories_are_listed_made_one_and_divided(room: Path, openslate: Openslate) -> None:
    press = ("--project", room, "press")
    said = openslate(*press, "stories")
    assert said.code == 0 and "2 items were put to stories; of stories 2 began" in said.out
    assert "1 items" not in said.out and "It is the only item." in said.out
    found = openslate(*press, "stories", "--json").document
    assert found["added"] == 0 and [len(one["items"]) for one in found["stories"]] == [1, 1]
    late, early = (one["story"] for one in found["stories"])
    kept = openslate(*press, "merge", late, early, *WHO, "--json").document
    assert kept["stories"] == [early] and kept["decisions"] == [1]
    told = openslate(*press, "stories", late)
    assert early in told.out and "Slate: Madrid dubbing actors walk out" in told.out and "2 items" in told.out
    refused = openslate(*press, "merge", late, early, *WHO)
    assert refused.code == 2 and len(refused.err.splitlines()) == 2
    assert openslate(*press, "stories", "nothing").code == 2
    item = found["stories"][0]["items"][0]["item"]
    refused = openslate(*press, "split", early, item, *WHO)
    assert refused.code == 2 and "both joined and parted" in refused.err
    openslate(*press, "withdraw", 1, "--by", "Ada Lane", "--why", "Two events.")
    assert len(openslate(*press, "stories", "--json").document["stories"]) == 2


def test_an_empty_desk_says_what_to_do(tmp_path: Path, openslate: Openslate) -> None:
    Project.init(tmp_path / "svc")
    said = openslate("--project", tmp_path / "svc", "press", "stories")
    assert said.code == 0 and "press ingest" in said.out
