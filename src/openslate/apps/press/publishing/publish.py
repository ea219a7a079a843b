"""Publishing: an edition, and all that readers are given of it, in one folder."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.publishing.api import api_files
from openslate.apps.press.publishing.data_files import data_files
from openslate.apps.press.publishing.edition import edition_of
from openslate.apps.press.publishing.edition_types import Edition
from openslate.apps.press.publishing.feeds import feed_files
from openslate.apps.press.publishing.for_crawlers import crawler_files
from openslate.apps.press.publishing.output_folder import OutputFolder, Written
from openslate.apps.press.publishing.records import record_files
from openslate.apps.press.publishing.shown_interest import interest_of
from openslate.apps.press.publishing.site import site_files
from openslate.apps.press.publishing.site_settings import SiteSettings
from openslate.apps.press.publishing.tokens import keep_tokens, seal_of
from openslate.apps.press.publishing.whole_site import Site
from openslate.apps.press.scores.taxonomy import Taxonomy
from openslate.progress import Progress, silent, within
from openslate.storage.lock import write_lock


@dataclass(frozen=True)
class Published:
    """What was published.

    Stability: provisional.

    Attributes:
        edition: what readers see.
        written: what became of the folder's files.
        unreadable: records that were there, could not be read and were left as they are.
    """

    edition: Edition
    written: Written
    unreadable: tuple[str, ...]


def publish(
    desk: Desk,
    folder: Path,
    taxonomy: Taxonomy,
    settings: SiteSettings,
    at: datetime,
    since: datetime | None = None,
    progress: Progress = silent,
) -> Published:
    """Write the site, the feeds, the API and the records of a moment into a folder; equal desks give equal bytes.

    Args:
        desk: with items and stories; it remembers the tokens of records, and nothing else of it changes.
        folder: new, empty, or written by this function before.
        taxonomy: topics, tiers and the rule of what is published.
        settings: of the site.
        at: the moment that is shown, UTC.
        since: stories whose latest item is from before are left out; none when left out.
        progress: told how far it is.

    Raises:
        ProjectError: the folder holds files of others or cannot be written, or somebody else is publishing.
        UsageError: it is no folder.
    """
    with write_lock(desk.folder, desk.project.settings.limits.lock_wait_seconds):
        return _publish(desk, folder, taxonomy, settings, at, since, progress)


def _publish(
    desk: Desk,
    folder: Path,
    taxonomy: Taxonomy,
    settings: SiteSettings,
    at: datetime,
    since: datetime | None,
    progress: Progress,
) -> Published:
    output = OutputFolder.open(folder)
    progress("Reading the desk", 0.0)
    edition = edition_of(desk, taxonomy, at, since)
    progress("Making pages", 0.2)
    site = Site(edition, settings, interest_of(desk, edition))
    seal = seal_of(desk)
    records = record_files(edition, seal, output.existing)
    files = dict(records.files)
    for part in (data_files(edition, settings.name), api_files(site), feed_files(site), site_files(site)):
        files.update(part)
    files.update(crawler_files(site))
    # Kept first: a token that is on the disk and not remembered would count as another service's.
    keep_tokens(desk, seal, records.tokens)
    written = output.write(files, within(progress, 0.4, 1.0))
    return Published(edition, written, records.unreadable)
