"""What people may give to commands of press by mistake or malice: other files, devices, dates at the ends of time."""

import os
from pathlib import Path

import pytest

from openslate.apps.press.extraction.callouts import Line, is_callout
from openslate.project import Project
from tests.apps.press.publishing.newsroom import STRIKE, newsroom
from tests.cli.conftest import Openslate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    newsroom(tmp_path / "svc").close()
    return tmp_path / "svc"


def test_a_list_of_sources_is_written_over_nothing_but_a_list(
    folder: Path, tmp_path: Path, openslate: Openslate
) -> None:
    mine, new = tmp_path / "mine.txt", tmp_path / "new.opml"
    mine.write_text("precious")
    said = openslate("--project", folder, "press", "sources", "--opml", mine)
    assert said.code == 1 and "is no OPML" in said.err and mine.read_text() == "precious"
    assert openslate("--project", folder, "press", "sources", "--opml", tmp_path).code == 1
    assert openslate("--project", folder, "press", "sources", "--opml", tmp_path / "none" / "x.opml").code == 1
    for _ in range(2):
        assert openslate("--project", folder, "press", "sources", "--opml", new).code == 0


@pytest.mark.parametrize("moment", ["0999-05-05", "0001-01-01T00:00+05:00", "9999-12-31T23:59-12:00", "2199-01-01"])
def test_no_item_is_of_the_ends_of_time_or_of_a_day_to_come(moment: str, folder: Path, openslate: Openslate) -> None:
    words = ("press", "correct", STRIKE[0].id, "--field", "published", "--text", moment, "--by", "Ada", "--why", "So.")
    assert openslate("--project", folder, *words).code == 2


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+05:00", "9999-12-31T23:59-12:00"])
def test_embargoes_and_editions_of_the_ends_of_time_are_refused(
    moment: str, folder: Path, tmp_path: Path, openslate: Openslate
) -> None:
    words = ("press", "embargo", STRIKE[0].id, "--until", moment, "--by", "Ada", "--why", "So.")
    assert openslate("--project", folder, *words).code == 2
    assert openslate("--project", folder, "press", "publish", tmp_path / "site", "--at", moment).code == 2


def test_devices_and_pipes_are_never_read(tmp_path: Path, openslate: Openslate) -> None:
    Project.init(tmp_path / "svc")
    zero, pipe = tmp_path / "zero.html", tmp_path / "pipe.html"
    zero.symlink_to("/dev/zero")
    os.mkfifo(pipe)
    for path in (zero, pipe):
        for words in (("extract", path), ("check", path), ("score", path)):
            assert openslate("press", *words).code == 1
        assert openslate("--project", tmp_path / "svc", "press", "ingest", path).code == 1


@pytest.mark.parametrize(
    "sentence",
    [
        '"You may also like the second season," she told reporters on Monday.',
        "More from this cast is expected soon, the studio said.",
        "Related: the strike, which ended in March, had cost the studio a year, said the producer.",
        "Advertisement was the name of the first film, made in 1971.",
        "Recommended for release in May, the film was shelved in June.",
    ],
)
def test_sentences_that_begin_as_callouts_do_are_kept(sentence: str) -> None:
    assert not is_callout(Line(sentence)) and is_callout(Line(sentence.rstrip(".")[:28], 1.0))
