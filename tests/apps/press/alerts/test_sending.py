"""Alerts go out once per story, merged ones too; webhooks are signed, safe, and tried again."""

import email
import email.policy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from openslate.apps.press.alerts.kept_alerts import add_alert, alerts, remove_alert
from openslate.apps.press.alerts.mail import mail_of
from openslate.apps.press.alerts.message import Message
from openslate.apps.press.alerts.sending import Sent, send_alerts
from openslate.apps.press.alerts.targets import parse_target
from openslate.apps.press.alerts.webhook import VARIABLE, Webhook, signature
from openslate.apps.press.desk.decisions import decide
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.fetching.networks import Reach
from openslate.apps.press.publishing.edition import edition_of
from openslate.apps.press.scores.taxonomy_file import film_and_tv
from openslate.clock import frozen
from openslate.errors import UsageError
from tests.apps.press.publishing.newsroom import EVENING, NOON, group, item, newsroom

SECRET = "a secret of the test alone"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return newsroom(tmp_path / "svc")


def add(desk: Desk, name: str, query: str, to: str = "console", least_heat: int = 0) -> None:
    with frozen(NOON - timedelta(days=1)):
        add_alert(desk, name, query, least_heat, to, "Ada")


def send(desk: Desk, webhook: Webhook = Webhook()) -> tuple[list[Sent], list[Message]]:
    said: list[Message] = []
    with frozen(EVENING):
        return send_alerts(desk, edition_of(desk, film_and_tv(), EVENING), said.append, webhook), said


def told(desk: Desk) -> list[list[str]]:
    return [[one.story.id for one in message.stories] for message in send(desk)[1]]


def test_a_story_is_told_once(desk: Desk) -> None:
    add(desk, "strikes", "strike")
    assert told(desk) == [["strike01"]]
    group(desk, "strike02", [item(80, "Another strike", -1)])
    assert told(desk) == [["strike02"]]
    assert told(desk) == []


def test_a_merged_story_is_known_by_either_of_its_ids(desk: Desk) -> None:
    group(desk, "strike02", [item(80, "Another strike", -1)])
    add(desk, "strikes", "strike")
    assert told(desk) == [["strike01", "strike02"]]
    group(desk, "strike00", [item(81, "An older strike", -2)])
    for story in ("strike01", "strike02"):
        desk.execute("UPDATE story_items SET story = 'strike00' WHERE story = ?", (story,))
        desk.execute("UPDATE stories SET became = 'strike00' WHERE id = ?", (story,))
    assert told(desk) == []


def test_what_arrived_before_the_alert_is_no_news(desk: Desk) -> None:
    add(desk, "quiet", "quiet")
    add(desk, "hot", "strike OR harbour", least_heat=50)
    assert told(desk) == [["strike01"]]


def test_what_readers_are_not_shown_is_not_told(desk: Desk) -> None:
    add(desk, "strikes", "strike")
    decide(desk, "embargo", "story:strike01", (EVENING + timedelta(hours=1)).isoformat(), "Ada", "Agreed.")
    assert told(desk) == []


def test_a_mail_is_a_file_of_its_own_each_time(desk: Desk, tmp_path: Path) -> None:
    add(desk, "strikes", "strike OR harbour", f"file:{tmp_path}/alert.eml")
    (sent,), _ = send(desk)
    assert sent.where == f"{tmp_path}/alert.eml"
    read = email.message_from_bytes((tmp_path / "alert.eml").read_bytes(), policy=email.policy.default)
    assert read["Subject"] == "strikes: Writers strike ends after a long night of talks, and 1 more"
    assert read["X-Unsent"] == "1" and "https://slate.example/1" in read.get_content()
    group(desk, "strike02", [item(80, "Another strike", -1)])
    (sent,), _ = send(desk)
    assert sent.where == f"{tmp_path}/alert-2.eml"


def test_a_title_makes_no_header() -> None:
    mail = mail_of("Strike\r\nBcc: all@slate.example\n\nBody\u2028x", "text", NOON, "<p>page</p>")
    read = email.message_from_bytes(mail, policy=email.policy.default)
    assert read["Bcc"] is None and read["Subject"] == "Strike Bcc: all@slate.example Body x"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert mail == mail_of("Strike\r\nBcc: all@slate.example\n\nBody\u2028x", "text", NOON, "<p>page</p>")


@contextmanager
def hooks(statuses: list[int]) -> Iterator[tuple[Webhook, str, list[tuple[dict[str, str], bytes]]]]:
    """A server that takes webhooks and answers with one status after another."""
    taken: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(statuses.pop(0))
            self.send_header("Location", "http://127.0.0.1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    port = server.server_address[1]
    reach = Reach(frozenset((port,)), (ip_network("127.0.0.1/32"),))
    try:
        webhook = Webhook(reach, lambda host, asked: ["127.0.0.1"])
        yield webhook, f"http://hooks.slate.example:{port}/T0/token", taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_webhook_is_signed_and_one_that_fails_is_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    with hooks([500, 302, 204]) as (webhook, address, taken):
        add(desk, "strikes", "strike", f"webhook:{address}")
        add(desk, "zz", "harbour")
        for status in (500, 302):
            (failed, other), said = send(desk, webhook)
            assert f"answered {status}" in failed.error and "token" not in failed.error
            assert "told again" in failed.error and not other.error
        assert not said
        (sent, _), _ = send(desk, webhook)
        assert not sent.error and len(sent.stories) == 1
        (again, _), _ = send(desk, webhook)
        assert again.stories == () and len(taken) == 3
    headers, body = taken[-1]
    assert json.loads(body)["stories"][0]["id"] == "strike01"
    assert headers["X-Openslate-Signature"] == signature(SECRET.encode(), headers["X-Openslate-Timestamp"], body)
    assert SECRET not in str(headers) + body.decode()


def test_a_webhook_needs_a_secret_and_a_public_address(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    add(desk, "strikes", "strike", "webhook:http://127.0.0.1/hidden")
    monkeypatch.delenv(VARIABLE, raising=False)
    assert f"{VARIABLE} is not set" in send(desk)[0][0].error
    monkeypatch.setenv(VARIABLE, "short")
    assert "fewer than 16" in send(desk)[0][0].error
    monkeypatch.setenv(VARIABLE, SECRET)
    error = send(desk)[0][0].error
    assert "loopback" in error and "hidden" not in error and SECRET not in error


@pytest.mark.parametrize("to", ["pager:1", "file:notes.txt", "webhook:ftp://x/s3cret", "webhook:https://a:s3cret@b/c"])
def test_a_place_that_is_none_is_refused_and_not_repeated(to: str) -> None:
    with pytest.raises(UsageError, match="no place for an alert") as refused:
        parse_target(to)
    assert "s3cret" not in str(refused.value)


def test_alerts_have_names_and_are_forgotten_by_them(desk: Desk) -> None:
    add(desk, "strikes", "strike")
    for name, query, by in (("strikes", "a", "Ada"), ("../x", "a", "Ada"), ("b", "a", " "), ("c", "-a", "Ada")):
        with pytest.raises(UsageError):
            add_alert(desk, name, query, 0, "console", by)
    assert told(desk) == [["strike01"]]
    remove_alert(desk, "strikes")
    assert alerts(desk) == []
    with pytest.raises(UsageError, match="no alert 'strikes'"):
        remove_alert(desk, "strikes")
    add(desk, "strikes", "strike")
    assert told(desk) == [["strike01"]]
