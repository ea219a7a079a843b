import pytest

from openslate.data.schema import TABLES, TITLES
from openslate.data.versions import newest
from openslate.errors import UsageError
from openslate.project import Project
from openslate.storage.lake import PEOPLE_TABLES
from tests.lake_rows import add_rows


@pytest.mark.parametrize("table", sorted(PEOPLE_TABLES))
def test_what_is_about_people_is_not_read_here(table: str, project: Project) -> None:
    with pytest.raises(UsageError, match="is about people"):
        newest(project, project.lake.snapshot(), TABLES[table])


def test_the_version_imported_last_stands(project: Project) -> None:
    add_rows(project, "titles", [("t1", "One"), ("t2", "Two")])
    add_rows(project, "titles", [("t1", "Won")])
    with project.lake.reading() as connection:
        rows = connection.execute(
            f"SELECT title, name FROM {newest(project, project.lake.snapshot(), TITLES)} ORDER BY title"
        ).fetchall()
    assert rows == [("t1", "Won"), ("t2", "Two")]
