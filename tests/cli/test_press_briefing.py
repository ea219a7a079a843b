"""`openslate press briefing`: a day's file, and what is refused."""

from pathlib import Path

from openslate.clock import frozen
from tests.apps.press.publishing.newsroom import EVENING, newsroom
from tests.cli.conftest import Openslate


def test_a_day_is_written(tmp_path: Path, openslate: Openslate) -> None:
    newsroom(tmp_path / "svc").close()
    press = ("--project", tmp_path / "svc", "press", "briefing")
    with frozen(EVENING):
        assert "1 story in 4 articles of 4 sources." in openslate(*press, tmp_path / "b.html").out
        found = openslate(*press, tmp_path / "b.md", "--day", "2027-05-13", "--title", "Monitor", "--json").document
    assert found["topics"] == [{"name": "Productions", "stories": ["harbour1"], "more": 0}]
    assert "# Monitor, 13 May 2027" in (tmp_path / "b.md").read_text()
    assert openslate(*press, tmp_path / "b.html", "--day", "yesterday").code == 2
    assert openslate(*press, tmp_path / "b.txt").code == 2
