"""A briefing as a page, as Markdown and as a mail; and where it is written to, never over anything else."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from openslate.apps.press.alerts.mail import mail_of
from openslate.apps.press.briefing.day import Briefing, DayStory
from openslate.apps.press.publishing.paths import outside, story_path
from openslate.apps.press.publishing.rendering import covered_by, iso
from openslate.apps.press.publishing.site_settings import SiteSettings
from openslate.apps.press.publishing.story_timeline import moment_in_words
from openslate.drawing.theme import stylesheet
from openslate.drawing.words import printable, shortened
from openslate.errors import ProjectError, UsageError
from openslate.storage.files import write_atomically

MARKS = {
    ".html": b'<!doctype html>\n<html lang="en" class="briefing">',
    ".md": b"<!-- press briefing -->",
    ".eml": b"Subject: ",
}
"""How a file of ours begins, by its ending."""
_MARKDOWN = str.maketrans({letter: f"\\{letter}" for letter in "\\`*_{}[]<>#|!~&"})


def document_of(briefing: Briefing, ending: str, address: str = "") -> bytes:
    """A briefing in one of its forms.

    Args:
        briefing: the day.
        ending: .html, .md or .eml.
        address: of the published site; empty for none.

    Raises:
        UsageError: there is no such form, or the address is none.
    """
    settings = SiteSettings(address=address)
    match ending:
        case ".html":
            return _page(briefing, settings).encode()
        case ".md":
            return _markdown(briefing, settings).encode()
        case ".eml":
            text = _text(briefing, settings)
            return mail_of(briefing.heading, text, briefing.at, _page(briefing, settings))
        case _:
            raise UsageError(f"A briefing is no {ending or 'file without an ending'}.", "Name one of .html, .md, .eml.")


def write_briefing(path: Path, briefing: Briefing, address: str = "") -> None:
    """Write a briefing; one that is there already is replaced.

    Args:
        path: of the file, whose ending says in which form.
        briefing: the day.
        address: of the published site; empty for none.

    Raises:
        UsageError: there is no such form, or the address is none.
        ProjectError: something else is there, or it cannot be written.
    """
    document = document_of(briefing, path.suffix, address)
    try:
        if path.exists() and not path.read_bytes().startswith(MARKS[path.suffix]):
            raise ProjectError(
                f"{path} is there already and is no briefing.", "Name another file, or move that one away."
            )
        write_atomically(path, document)
    except OSError as error:
        raise ProjectError(f"{path} cannot be written: {error.strerror}.", "Name a folder that exists.") from error


def _page(briefing: Briefing, settings: SiteSettings) -> str:
    own = files("openslate.apps.press.briefing").joinpath("styles/briefing.css").read_text(encoding="utf-8")
    template = _templates().get_template("briefing.html.jinja")
    return template.render(briefing=briefing, site=settings, styles=f"{stylesheet()}\n{own}")


def _markdown(briefing: Briefing, settings: SiteSettings) -> str:
    lines = ["<!-- press briefing -->", "", f"# {_plain(briefing.heading)}", "", briefing.summary, ""]
    for topic in briefing.topics:
        lines += [f"## {_plain(topic.name)}", ""]
        for one in topic.stories:
            lines += [f"- {_link(one, settings)}  ", f"  {_plain(_numbers(one))}. {_plain(one.story.why)}"]
        lines += [f"- and {topic.more} more"] if topic.more else []
        lines.append("")
    if briefing.names:
        told = ", ".join(f"{_plain(name)} ({count})" for name, count in briefing.names)
        lines += ["## About whom", "", told, ""]
    return "\n".join([*lines, f"As of {moment_in_words(briefing.at)}.", ""])


def _text(briefing: Briefing, settings: SiteSettings) -> str:
    lines = [briefing.heading, "", briefing.summary, ""]
    for topic in briefing.topics:
        lines += [printable(topic.name).upper(), ""]
        for one in topic.stories:
            address = _story_address(one, settings) or outside(one.story.lead.item.address)
            lines += [printable(one.story.lead.item.title), f"  {_numbers(one)}. {printable(one.story.why)}"]
            lines += [f"  {address}", ""]
        lines += [f"and {topic.more} more", ""] if topic.more else []
    return "\n".join([*lines, f"As of {moment_in_words(briefing.at)}.", ""])


def _link(one: DayStory, settings: SiteSettings) -> str:
    item = one.story.lead.item
    title = _plain(shortened(printable(item.title), 200)) or "Untitled"
    # Between angle brackets an address may hold parentheses, and nothing but a bracket ends it.
    address = (_story_address(one, settings) or outside(item.address)).replace("<", "%3C").replace(">", "%3E")
    return f"[{title}](<{address}>)" if address else title


def _numbers(one: DayStory) -> str:
    today = "1 article" if one.today == 1 else f"{one.today} articles"
    return f"Heat {one.story.heat}, {today} of the day, {covered_by(one.story)}"


def _story_address(one: DayStory, settings: SiteSettings) -> str:
    return settings.at(story_path(one.story.id)) if settings.address else ""


def _plain(text: str) -> str:
    """Words as Markdown shows them, and never as its marks."""
    return printable(text).translate(_MARKDOWN)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("openslate.apps.press.briefing"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {
        "printable": printable,
        "shortened": shortened,
        "outside": outside,
        "moment": moment_in_words,
        "iso": iso,
        "numbers": _numbers,
        "story_path": story_path,
    }
    return environment
