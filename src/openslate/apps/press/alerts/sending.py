"""Sending alerts: each story once to each, and what could not be sent is tried again the next time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openslate.apps.press.alerts.kept_alerts import Alert, alerts, keep_told, told_of
from openslate.apps.press.alerts.mail import mail_of, write_mail
from openslate.apps.press.alerts.matching import Caught, caught
from openslate.apps.press.alerts.message import Message
from openslate.apps.press.alerts.webhook import Webhook
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.publishing.edition_types import Edition
from openslate.errors import OpenslateError
from openslate.storage.lock import write_lock


@dataclass(frozen=True)
class Sent:
    """What became of one alert.

    Attributes:
        alert: that was looked at.
        stories: that it told of, or would have.
        where: the file that was written; empty for none.
        error: why it could not be sent, and what then; empty where it was.
    """

    alert: Alert
    stories: tuple[Caught, ...]
    where: str = ""
    error: str = ""


def send_alerts(
    desk: Desk, edition: Edition, console: Callable[[Message], None], webhook: Webhook = Webhook()
) -> list[Sent]:
    """Tell of every story that an alert catches and has not told of, its former ids included.

    A webhook that does not answer is told of and tried again the next time; the others go out all the same. What was
    sent and not remembered, since the machine went down between the two, is sent twice: never is one lost.

    Args:
        desk: that keeps the alerts.
        edition: what readers see now: what is muted or under embargo is not told either.
        console: called with messages for the console.
        webhook: that sends the others.

    Raises:
        ProjectError: somebody else is sending.
    """
    with write_lock(desk.folder, desk.project.settings.limits.lock_wait_seconds):
        return [_send(desk, edition, one, console, webhook) for one in alerts(desk)]


def _send(desk: Desk, edition: Edition, alert: Alert, console: Callable[[Message], None], webhook: Webhook) -> Sent:
    known = told_of(desk, alert.name)
    found = caught(alert.query, edition.stories, alert.least_heat)
    new = tuple(one for one in found if one.story.id not in known and _is_news(one, alert))
    if not new:
        return Sent(alert, ())
    message = Message(alert.name, alert.text, edition.at, new)
    try:
        where = _deliver(message, alert, console, webhook)
    except OpenslateError as error:
        return Sent(alert, new, error=f"{error.what} {error.way_out}")
    keep_told(desk, alert.name, [one.story.id for one in new])
    return Sent(alert, new, where)


def _is_news(one: Caught, alert: Alert) -> bool:
    """Whether something of the story arrived since the alert was made: it is no search of the archive."""
    return any(each.item.seen >= alert.at for each in one.story.items)


def _deliver(message: Message, alert: Alert, console: Callable[[Message], None], webhook: Webhook) -> str:
    match alert.target.kind:
        case "console":
            console(message)
            return ""
        case "file":
            text = "\n".join([*message.lines(), "", f"Query: {message.query}", ""])
            return str(write_mail(Path(alert.target.place), mail_of(message.subject, text, message.at)))
        case _:
            webhook.post(alert.target.place, message.document(), message.at)
            return ""
