"""A law of the house's own in a project's `packs/`, written, edited and taken away as people do."""

from openslate.project import Project

LAW = """
id = "house.law"
version = 1
title = "{title}"
kind = "law"
jurisdictions = ["EU"]
in_force_from = {since}
{end}decided_by = "use"
grade = "unverified"
enabled = {enabled}
sources = ["The house"]
[rules]
R20 = {{ source = "Section 1" }}
"""


def write_pack(
    project: Project, title: str = "A law", since: str = "2020-01-01", until: str = "", enabled: bool = True
) -> None:
    folder = project.folder / "packs"
    folder.mkdir(exist_ok=True)
    end = f"in_force_to = {until}\n" if until else ""
    text = LAW.format(title=title, since=since, end=end, enabled=str(enabled).lower())
    (folder / "house.toml").write_text(text)


def remove_pack(project: Project) -> None:
    (project.folder / "packs" / "house.toml").unlink(missing_ok=True)
