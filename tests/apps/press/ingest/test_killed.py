"""A process that is killed while it ingests loses nothing that it put on the desk; the next one doubles nothing."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.items import items_seen
from openslate.apps.press.ingest.all_sources import Manner, ingest_sources
from openslate.apps.press.ingest.source import PressSource
from openslate.clock import now
from openslate.project import Project
from tests.apps.press.ingest.mutating import RSS
from tests.apps.press.ingest.serving import Handler, Reply, site

CHILD = """
import sys
from ipaddress import ip_network
from openslate.apps.press.fetching.fetching import Fetcher
from openslate.apps.press.fetching.networks import Reach
from openslate.apps.press.ingest.all_sources import Manner, ingest_sources
from openslate.apps.press.ingest.source import PressSource
from openslate.project import Project
folder, port = sys.argv[1], int(sys.argv[2])
reach = Reach(frozenset((port,)), (ip_network("127.0.0.1/32"),))
fetcher = Fetcher(reach=reach, resolver=lambda host, port: ["127.0.0.1"])
source = PressSource("The Slate", f"http://www.slate.example:{port}/feed", pages=True)
ingest_sources(Project.open(folder), [source], Manner(fetcher=fetcher, pause=0.0))
"""


def test_a_killed_ingest_is_continued(tmp_path: Path) -> None:
    project = Project.init(tmp_path / "svc")
    reached, killed = Event(), Event()

    def waiting(handler: Handler) -> Reply:
        reached.set()
        killed.wait(20)
        return Reply(b"<html><title>Harbour Lights 3</title><p>Nobody slept.</p></html>")

    with site() as served:
        served.pages["/feed"] = Reply(
            RSS.replace("https://www.slate.example", served.url("").rstrip("/")).encode(), "application/rss+xml"
        )
        for number in range(5):
            body = f"<html><title>Harbour Lights {number}</title><p>Nobody slept.</p></html>"
            served.pages[f"/{number}?utm_source=x"] = Reply(body.encode())
        served.pages["/3?utm_source=x"] = waiting
        words = [sys.executable, "-c", CHILD, str(project.folder), str(served.port)]
        with subprocess.Popen(words) as child:
            assert reached.wait(60)
            os.kill(child.pid, signal.SIGKILL)
        killed.set()
        assert len(kept(project)) == 3
        source = PressSource("The Slate", served.url("/feed"), pages=True)
        manner = Manner(fetcher=served.fetcher(), sleep=lambda seconds: None)
        found = ingest_sources(project, [source], manner)[0]
        assert (len(found.new), found.changed, found.known) == (2, (), 3)
        assert len(kept(project)) == 5


def kept(project: Project) -> list[str]:
    with closing(Desk(project)) as desk:
        return [one.id for one in items_seen(desk, now() - timedelta(days=1), now() + timedelta(days=1))]
