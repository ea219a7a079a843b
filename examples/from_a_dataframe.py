"""From dataframes with their own column names to a home page, with the basis on which the data may be used.

Needs a dataframe library; this one uses Polars (`pip install polars`), and pandas or pyarrow work the same way. The
frames come from the simulator here; yours come from your warehouse. It makes a folder `dataframe-service`:

    python examples/from_a_dataframe.py
"""

import sys

from openslate import Basis, Project, personalize
from openslate.data.simulate import Service, SimulatorSettings
from openslate.data.sources.frames import import_frame

try:
    import polars
except ModuleNotFoundError:
    sys.exit(f"This example needs Polars: {sys.executable} -m pip install polars")

TERMS = Basis("Terms of membership 2026, section 4.", ("train", "evaluate", "personalize"))


def frames() -> tuple[polars.DataFrame, polars.DataFrame]:
    """A catalogue and viewing events as a warehouse might hold them."""
    service = Service.open(SimulatorSettings(members=1_000, titles=120, days=30, plays_per_member=12, seed=1))
    titles, plays = service.titles, service.shard(0).plays
    catalogue = polars.DataFrame(
        {
            "content_id": titles["title"].tolist(),
            "display_name": titles["name"].tolist(),
            "genres": [list(genres) for genres in titles["genres"]],
            "first_shown": titles["released"].tolist(),
        }
    )
    viewing = polars.DataFrame(
        {
            "account": plays["member"].tolist(),
            "content_id": plays["title"].tolist(),
            "begun_at": plays["started"].tolist(),
            "share_watched": plays["completion"].tolist(),
        }
    )
    # What a warehouse also holds: an event on a title that the catalogue does not know.
    stray = polars.DataFrame(viewing.row(0, named=True)).with_columns(content_id=polars.lit("t99999"))
    return catalogue, polars.concat([viewing, stray])


def main() -> None:
    """Import both frames, train, and print a page."""
    catalogue, viewing = frames()
    project = Project.init("dataframe-service")
    import_frame(
        project,
        catalogue,
        "titles",
        columns={"content_id": "title", "display_name": "name", "first_shown": "released"},
        source="catalogue",
    )
    report = import_frame(
        project,
        viewing,
        "plays",
        columns={
            "account": "member",
            "content_id": "title",
            "begun_at": "started",
            "share_watched": "completion",
        },
        source="player",
        basis=TERMS,
    )
    counts = report.tables["plays"]
    print(f"{counts.read} plays read, {counts.added} added, {counts.quarantined} quarantined in {report.quarantine}")

    trained = personalize.train(project)
    print(f"Trained on {trained.decision.members_allowed} members. {trained.outcome}")

    page = personalize.home(project, viewing["account"][0])
    for row in page.rows:
        print(f"{row.heading}: {', '.join(slot.name for slot in row.slots[:3])}")


if __name__ == "__main__":
    main()
