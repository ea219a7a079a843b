"""`openslate press alert`: previewed, saved, sent once, removed; a failure has exit code 1."""

from datetime import timedelta
from pathlib import Path

import pytest

from openslate.clock import frozen
from tests.apps.press.publishing.newsroom import EVENING, NOON, newsroom
from tests.cli.conftest import Openslate


@pytest.fixture
def room(tmp_path: Path) -> Path:
    newsroom(tmp_path / "svc").close()
    return tmp_path / "svc"


def test_a_query_is_previewed_saved_and_sent_once(room: Path, openslate: Openslate) -> None:
    alert = ("--project", room, "press", "alert")
    seen = openslate(*alert, "preview", "strike OR harbour", "--at", EVENING.isoformat(), "--days", 7)
    assert "it would have told of 2 stories of 3." in seen.out and "https://slate.example/1" in seen.out
    found = openslate(*alert, "preview", "residuals", "--at", EVENING.isoformat(), "--json").document
    assert found["stories"][0]["caught_by"][0]["title"].startswith("What the deal")
    assert openslate(*alert, "list").out == "No query is saved.\n"
    with frozen(NOON - timedelta(days=1)):
        words = ("add", "strikes", '"writers strike"', "--to", "console", "--by", "Ada", "--least-heat", 20)
        assert "Alert strikes goes to console" in openslate(*alert, *words).out
    with frozen(EVENING):
        first = openslate(*alert, "send")
        assert "Writers strike ends" in first.out and "strikes: 1 story to console." in first.out
        assert openslate(*alert, "send").out == "strikes: nothing new.\n"
    assert '"writers strike", heat from 20' in openslate(*alert, "list").out
    assert openslate(*alert, "remove", "strikes", "--json").document["removed"]
    assert openslate(*alert, "remove", "strikes").code == 2


def test_a_mail_and_a_webhook_that_fails(
    room: Path, tmp_path: Path, openslate: Openslate, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = ("--project", room, "press", "alert")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENSLATE_PRESS_SECRET", raising=False)
    with frozen(NOON - timedelta(days=1)):
        for name, to in (("mail", "file:new.eml"), ("hook", "webhook:https://hooks.example/T0/hidden")):
            assert "hidden" not in openslate(*alert, "add", name, "strike", "--to", to, "--by", "Ada").out
    with frozen(EVENING):
        said = openslate(*alert, "send", "--json")
    assert said.code == 1
    hook, mail = said.document["alerts"]
    assert "OPENSLATE_PRESS_SECRET is not set" in hook["error"] and mail["file"] == str(tmp_path / "new.eml")
    assert "hidden" not in said.out
    assert openslate(*alert, "add", "x", "-a", "--to", "console", "--by", "Ada").code == 2
