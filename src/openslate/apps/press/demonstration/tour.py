"""An invented week of news is read in, grouped, scored and published: what `make demo` shows of press."""

import json
from contextlib import closing
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import numpy as np

from openslate import clock
from openslate.apps.press.alerts.kept_alerts import add_alert
from openslate.apps.press.briefing.day import briefing_of
from openslate.apps.press.briefing.documents import write_briefing
from openslate.apps.press.buzz.writing import write_buzz
from openslate.apps.press.demonstration.newsroom import MORNING, InventedItem, Newsroom, invented_newsroom
from openslate.apps.press.demonstration.written_pages import page_name, write_newsroom
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.ingest.saved import ingest_saved
from openslate.apps.press.publishing.publish import Published, publish
from openslate.apps.press.publishing.site_settings import SiteSettings
from openslate.apps.press.scores.taxonomy import Taxonomy
from openslate.apps.press.scores.taxonomy_file import read_taxonomy
from openslate.apps.press.stories.keeping import update_stories
from openslate.data.sources.arrays import import_arrays
from openslate.errors import UsageError
from openslate.progress import Progress, monotone, silent
from openslate.project import Project
from openslate.storage.files import write_atomically

MARKER = "demo.json"
"""The file that tells a demo's folder from one's own."""
LATE = timedelta(minutes=10)
"""From when something is published until it is read in."""
EVENING = MORNING + timedelta(days=5)


def run_tour(folder: Path, progress: Progress = silent) -> Path:
    """Write an invented newsroom, read it in hour by hour, and publish what it makes.

    Args:
        folder: an absent or empty folder.
        progress: told what is done.

    Returns:
        The front page of the site, an HTML file.

    Raises:
        UsageError: the folder holds something, or is a file.
        MissingExtra: the press extra is not installed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not a new or empty folder.", "Name another folder for the demonstration.")
    progress = monotone(progress)
    folder.mkdir(parents=True, exist_ok=True)
    newsroom = invented_newsroom()
    progress("Writing an invented newsroom", 0.0)
    feeds = write_newsroom(newsroom, folder / "newsroom")
    with clock.frozen(MORNING):
        project = Project.init(folder / "svc")
        _import_titles(project, newsroom)
    taxonomy = _taxonomy(folder)
    _read_in(project, newsroom, folder, taxonomy, progress)
    with clock.frozen(EVENING):
        progress("Reading the feeds of the week, which adds nothing", 0.7)
        for feed in feeds:
            ingest_saved(project, feed)
        published = _publish(project, folder, taxonomy, progress)
    # Last, so that only a finished demo is taken for one.
    write_atomically(folder / MARKER, json.dumps({"stories": len(published.edition.stories)}).encode())
    progress("Done", 1.0)
    return folder / "site" / "index.html"


def _read_in(project: Project, newsroom: Newsroom, folder: Path, taxonomy: Taxonomy, progress: Progress) -> None:
    for number, item in enumerate(newsroom.items):
        progress(f"Reading {item.title}", 0.1 + 0.6 * number / len(newsroom.items))
        with clock.frozen(item.published + LATE):
            page = folder / "newsroom" / "pages" / page_name(item)
            ingest_saved(project, page, training=item.source.training, full_text=item.source.training)
            if _ends_an_hour(newsroom, number):
                with closing(Desk(project)) as desk:
                    update_stories(desk, taxonomy)


def _ends_an_hour(newsroom: Newsroom, number: int) -> bool:
    def hour(item: InventedItem) -> datetime:
        return item.published.replace(minute=0)

    items = newsroom.items
    return number + 1 == len(items) or hour(items[number]) != hour(items[number + 1])


def _publish(project: Project, folder: Path, taxonomy: Taxonomy, progress: Progress) -> Published:
    write_atomically(
        folder / "topics.toml", files("openslate.apps.press.demonstration").joinpath("topics.toml").read_bytes()
    )
    taxonomy = read_taxonomy(folder / "topics.toml")
    with closing(Desk(project)) as desk:
        update_stories(desk, taxonomy)
        add_alert(desk, "our titles", '"Harbour Lights" OR "Slack Water"', 60, "console", "Ada Stone")
        progress("Publishing", 0.8)
        published = publish(desk, folder / "site", taxonomy, SiteSettings("The invented week"), EVENING)
        write_briefing(folder / "briefing.html", briefing_of(published.edition, _last_day(), "The invented week"), "")
        progress("Counting coverage", 0.95)
        write_buzz(desk, taxonomy, EVENING.date())
    return published


def _taxonomy(folder: Path) -> Taxonomy:
    invented = files("openslate.apps.press.demonstration").joinpath("topics.toml")
    write_atomically(folder / "topics.toml", invented.read_bytes())
    return read_taxonomy(folder / "topics.toml")


def _last_day() -> date:
    return (EVENING - timedelta(days=1)).date()


def _import_titles(project: Project, newsroom: Newsroom) -> None:
    credited = [[{"name": name, "role": role} for name, role in title.people] for title in newsroom.titles]
    columns = {
        "title": np.array([one.id for one in newsroom.titles], dtype=object),
        "name": np.array([one.name for one in newsroom.titles], dtype=object),
        "kind": np.array([one.kind for one in newsroom.titles], dtype=object),
        "credits": np.array([json.dumps(row) for row in credited], dtype=object),
    }
    import_arrays(project, [{"titles": columns}], source="invented newsroom", location="invented titles")
