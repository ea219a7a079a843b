"""One protocol of MovieLens 1M, every peer and ours: tuned on validation alike, fitted again, measured in pairs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import describe
from benchmarks.movielens import movielens_1m
from benchmarks.peers.grids import BUDGET, DECAYED_POPULARITY, EASE, PEERS, Grid, Peer, points
from benchmarks.peers.processes import Ask, conversation, installed
from openslate.apps.personalize.baselines import PLAIN_EASE, fit_recent_popularity, some_members
from openslate.apps.personalize.protocols import Protocol
from openslate.apps.personalize.settling import fit_recipe
from openslate.clock import stopwatch
from openslate.evaluation.bootstrap import bootstrap, paired_difference
from openslate.evaluation.measure import Ground
from openslate.evaluation.protocol import BlockScores, Scorer, rank_members
from openslate.evaluation.ranking import ndcg
from openslate.evaluation.split import Split
from openslate.models.ease import ease_from_gram
from openslate.models.gram import gram_of_part
from openslate.models.popularity import PopularitySettings, fit_popularity

JUDGES = 2000
"""Validation members whose mean score chooses every peer's settings, evenly spread, or all where they are fewer."""
SEED = 1
"""Of the resampling; `benchmarks.peers.exchange` names the peers' seed."""
BLEND = "blend"

PerMember = NDArray[np.float64]
Settings = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One model on the test split.

    Attributes:
        name: of the model.
        values: float64 [scored members] for every metric with its cutoff.
        seconds: time to fit it with its chosen settings; of the blend, all its tuning too.
    """

    name: str
    values: Mapping[str, PerMember]
    seconds: float


@dataclass(frozen=True)
class Lead:
    """How far the blend is ahead of one row in the headline metric, as a share of the row's mean: 0.02 is 2% ahead.

    Attributes:
        name: of the row.
        share: the mean difference.
        low: lower end of its paired 95% interval.
        high: upper end.
    """

    name: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """What one protocol showed.

    Attributes:
        blend: ours.
        leads: its lead over every other row, best row first.
    """

    blend: Row
    leads: list[Lead]


@dataclass(frozen=True)
class _Task:
    """What everybody is tuned and tested on."""

    validation: Split
    test: Split
    cutoffs: tuple[int, ...]

    def judge(self, scores: BlockScores) -> float:
        """Mean nDCG on validation at the headline's cutoff."""
        ranked = rank_members(self.validation, scores, self.cutoffs[0])
        return float(ndcg(ranked, self.validation.target_offsets, self.validation.targets).mean())

    def row(self, name: str, scores: BlockScores, seconds: float) -> Row:
        """Every metric of every test member."""
        ranked = rank_members(self.test, scores, max(self.cutoffs))
        return Row(name, Ground(self.test, None).member_values(ranked, self.cutoffs), seconds)


def compare(protocol: Protocol, second_metric: str) -> Comparison:
    """Tune, fit, measure and print everything under one protocol.

    Args:
        protocol: how members are split.
        second_metric: printed beside the headline.
    """
    split = protocol.test(movielens_1m().histories)
    validation = protocol.validation(split.train)
    task = _Task(some_members(validation, JUDGES), split, protocol.cutoffs)
    print(describe())
    print(f"{split.rule}\nsplit {split.hash}; {len(split.members)} members scored; seed {SEED}")
    print(f"validation {validation.hash}; {len(task.validation.members)} members judge; budget {BUDGET} settings each")
    print("Peers are given who watched what, as ones: none of these models takes times, order or ratings.")
    rows = [*_baselines(task), *_peers(task)]
    started = stopwatch()
    blend = fit_recipe(split.train, split.as_of, protocol.validation)
    seconds = stopwatch() - started
    print(f"{BLEND} trained in {seconds:.1f} s, choosing its own settings on validation: {blend.fitted}")
    ours = task.row(BLEND, _blocks(split, blend), seconds)
    return Comparison(ours, _report(ours, rows, f"ndcg@{protocol.cutoffs[0]}", second_metric))


def _baselines(task: _Task) -> list[Row]:
    """Popularity of seven days and fading, and a plain EASE, all ours, with the peers' budget."""
    return [
        _baseline("popularity, 7 days", task, _recent_popularity, {}),
        _baseline("popularity, decayed", task, _decayed_popularity, DECAYED_POPULARITY),
        _baseline("EASE, ours", task, _ease, EASE),
    ]


def _baseline(name: str, task: _Task, fit_on: Callable[[Split], Callable[..., Scorer]], grid: Grid) -> Row:
    fit = fit_on(task.validation)
    chosen = _choose(name, grid, lambda settings: task.judge(_blocks(task.validation, fit(**settings))))
    started = stopwatch()
    scorer = fit_on(task.test)(**chosen)
    return task.row(name, _blocks(task.test, scorer), stopwatch() - started)


def _recent_popularity(split: Split) -> Callable[..., Scorer]:
    return lambda: fit_recent_popularity(split.train, split.as_of)


def _decayed_popularity(split: Split) -> Callable[..., Scorer]:
    return lambda days: fit_popularity(split.train, split.as_of, PopularitySettings(half_life_days=days))


def _ease(split: Split) -> Callable[..., Scorer]:
    counted = gram_of_part(split.train, PLAIN_EASE.training)
    return lambda l2: ease_from_gram(counted, replace(PLAIN_EASE, l2=l2))


def _peers(task: _Task) -> list[Row]:
    """Every peer whose environment is there, library after library."""
    rows = []
    for library in dict.fromkeys(peer.library for peer in PEERS):
        if not installed(library):
            print(f"{library} is left out: it is not installed. `make peers` does that.")
            continue
        peers = [peer for peer in PEERS if peer.library == library]
        with conversation(library, task.validation) as validation:
            print(f"{library}: {', '.join(validation.versions)}")
            chosen = [_tuned(peer, task, validation.ask) for peer in peers]
        with conversation(library, task.test) as test:
            for peer, settings in zip(peers, chosen, strict=True):
                answer = test.ask(peer.model, settings)
                rows.append(task.row(peer.name, _parts(answer.scores), answer.fit_seconds))
    return rows


def _tuned(peer: Peer, task: _Task, ask: Ask) -> Settings:
    return _choose(peer.name, peer.grid, lambda settings: task.judge(_parts(ask(peer.model, settings).scores)))


def _choose(name: str, grid: Grid, judge: Callable[[Settings], float]) -> Settings:
    """The settings of the grid that do best on validation; every one is printed with its score."""
    tried = points(grid)
    assert len(tried) <= BUDGET, f"{name} asks for {len(tried)} settings, and the budget is {BUDGET}"
    started = stopwatch()
    scores = []
    for settings in tried:
        scores.append(judge(settings))
        print(f"  {name} {settings}: validation {scores[-1]:.4f}", flush=True)
    best = tried[int(np.argmax(scores))]
    edges = [key for key, values in grid.items() if len(values) > 2 and best[key] in (values[0], values[-1])]
    note = f", at the edge of its grid in {', '.join(edges)}" if edges else ""
    print(f"  {name} chose {best}{note}, in {stopwatch() - started:.1f} s", flush=True)
    return best


def _blocks(split: Split, scorer: Scorer) -> BlockScores:
    return lambda first, last: scorer.score(split.fold_in.part(first, last))


def _parts(scores: NDArray[np.float32]) -> BlockScores:
    return lambda first, last: scores[first:last]


def _report(blend: Row, rows: list[Row], headline: str, second_metric: str) -> list[Lead]:
    """Print the table, best first, and return the blend's leads in that order."""
    leads = []
    print(f"{'model':<22} {headline:>9}  95% interval      {second_metric:>10} {'fit s':>7}  the blend is")
    for row in sorted([blend, *rows], key=lambda row: -row.values[headline].mean()):
        [own] = bootstrap(row.values[headline][:, None], SEED)
        figures = f"{row.name:<22} {own.mean:>9.4f}  {own.low:.4f} to {own.high:.4f}"
        figures += f"  {row.values[second_metric].mean():>10.4f} {row.seconds:>7.1f}"
        if row is blend:
            print(figures)
            continue
        ahead = paired_difference(blend.values[headline], row.values[headline], SEED)
        lead = Lead(row.name, ahead.mean / own.mean, ahead.low / own.mean, ahead.high / own.mean)
        word = "ahead" if lead.low > 0 else "behind" if lead.high < 0 else "not told apart"
        print(f"{figures}  {word}: {lead.share:+.1%} ({lead.low:+.1%} to {lead.high:+.1%}; {ahead.mean:+.4f})")
        leads.append(lead)
    return leads
