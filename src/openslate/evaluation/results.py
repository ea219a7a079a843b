"""What an evaluation found, as plain values that go into a run record or a report and come back unchanged."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from openslate.evaluation.bootstrap import Interval

Role = Literal["model", "baseline", "oracle"]


@dataclass(frozen=True)
class TasteBin:
    """Members and genres alike in one thing: how much of the member's history the genre makes up.

    Attributes:
        history: mean share of the genre in those histories.
        listed: mean share of it in the lists those members were given.
        pairs: how many (member, genre) pairs the means are over.
    """

    history: float
    listed: float
    pairs: int


@dataclass(frozen=True)
class ModelRow:
    """One model on one split.

    Stability: stable.

    Attributes:
        name: as the caller named it.
        role: "model", "baseline", or "oracle" for the simulator's own truth.
        metrics: metric with its cutoff ("ndcg@10") to its mean over members.
        ahead: the same metrics minus those of the best baseline, paired; empty for the best baseline itself.
        lists: figures of all lists together, which have no interval: "coverage@10" and "gini@10".
        deciles: share of list places per tenth of the catalogue, the most watched tenth first.
        genres: mean genre shares of the lists, in the order of the evaluation's genre names.
        tastes: how the lists follow the members' tastes, by share of the history.
        fit_seconds: time to fit; 0 for the oracle.
        score_seconds: time to score and rank every scored member.
    """

    name: str
    role: Role
    metrics: dict[str, Interval]
    ahead: dict[str, Interval]
    lists: dict[str, float]
    deciles: tuple[float, ...]
    genres: tuple[float, ...]
    tastes: tuple[TasteBin, ...]
    fit_seconds: float = field(compare=False)
    score_seconds: float = field(compare=False)


@dataclass(frozen=True)
class ForeignRow:
    """Figures quoted from elsewhere: another split, another preprocessing, so never ranked against ours.

    Attributes:
        name: of the model.
        source: where the figures are printed, and what differs if known.
        metrics: metric with its cutoff to its figure.
    """

    name: str
    source: str
    metrics: dict[str, float]


@dataclass(frozen=True)
class Counts:
    """How much was trained and scored on.

    Attributes:
        training_members: members with a training event.
        training_events: their events.
        titles: titles with a training event, all of which are ranked.
        scored_members: members with a target.
        targets: their targets.
    """

    training_members: int
    training_events: int
    titles: int
    scored_members: int
    targets: int


@dataclass(frozen=True)
class Evaluation:
    """Every model of one split on the same members.

    Stability: stable. Two equal inputs give equal evaluations; the seconds are not compared.

    Attributes:
        split: name of the split.
        rule: its rule in sentences.
        split_hash: SHA-256 of everything that defines it.
        as_of: microseconds UTC, the split's "now".
        counts: how much was trained and scored on.
        headline: the metric that orders models.
        best_baseline: the baseline with the best headline; every difference is to it.
        rows: the models in the order given, the oracle last.
        foreign: quoted rows.
        genre_names: of the genre shares; empty when no genres were given.
        history_genres: mean genre shares of the scored members' histories.
        target_deciles: share of the targets per tenth of the catalogue, the most watched tenth first.
        seed: of the resampling.
        resamples: how many.
    """

    split: str
    rule: str
    split_hash: str
    as_of: int
    counts: Counts
    headline: str
    best_baseline: str
    rows: tuple[ModelRow, ...]
    foreign: tuple[ForeignRow, ...]
    genre_names: tuple[str, ...]
    history_genres: tuple[float, ...]
    target_deciles: tuple[float, ...]
    seed: int
    resamples: int

    def row(self, name: str) -> ModelRow:
        """The row of that name.

        Raises:
            KeyError: there is none.
        """
        return {row.name: row for row in self.rows}[name]

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, ready for JSON."""
        plain: dict[str, Any] = _lists(asdict(self))
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> "Evaluation":
        """The evaluation that `to_dict` wrote."""
        return cls(
            **{
                **plain,
                "counts": Counts(**plain["counts"]),
                "rows": tuple(_model_row(row) for row in plain["rows"]),
                "foreign": tuple(ForeignRow(**row) for row in plain["foreign"]),
                "genre_names": tuple(plain["genre_names"]),
                "history_genres": tuple(plain["history_genres"]),
                "target_deciles": tuple(plain["target_deciles"]),
            }
        )


def _model_row(plain: dict[str, Any]) -> ModelRow:
    return ModelRow(
        **{
            **plain,
            "metrics": {name: Interval(**interval) for name, interval in plain["metrics"].items()},
            "ahead": {name: Interval(**interval) for name, interval in plain["ahead"].items()},
            "deciles": tuple(plain["deciles"]),
            "genres": tuple(plain["genres"]),
            "tastes": tuple(TasteBin(**taste) for taste in plain["tastes"]),
        }
    )


def _lists(value: Any) -> Any:
    """The same value with lists for tuples, as JSON gives them back."""
    if isinstance(value, dict):
        return {name: _lists(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_lists(part) for part in value]
    return value
