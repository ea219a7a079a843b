"""The pieces of invented stories: roles, beginnings, turns and last lines; `synopses` tells them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plot:
    """The pieces that synopses of one genre are told from.

    Attributes:
        roles: who the lead may be, with article.
        openings: first sentences; they introduce `{full}` and `{role}`.
        turns: second sentences; what goes wrong, or right.
        closings: last sentences; stakes or tone.
    """

    roles: list[str]
    openings: list[str]
    turns: list[str]
    closings: list[str]


def read_plot(roles: str, openings: str, turns: str, closings: str) -> Plot:
    """A plot from four texts in which `|` stands between the pieces."""
    return Plot(*([line.strip() for line in text.split("|")] for text in (roles, openings, turns, closings)))
