"""The recipe: which models are fitted, and with which settings."""

from dataclasses import dataclass, fields, replace

from openslate.apps.personalize.large import LargeCatalogue
from openslate.models.between import BetweenSettings
from openslate.models.blend import BlendSettings
from openslate.models.coldstart import ColdStartSettings
from openslate.models.ease import EaseSettings
from openslate.models.factors import FactorSettings
from openslate.models.following import FollowingSettings
from openslate.models.member_neighbours import MemberNeighbourSettings
from openslate.models.neighbours import NeighbourSettings
from openslate.models.popularity import PopularitySettings
from openslate.models.ranking.ranker import RankerSettings
from openslate.models.sequential import SequentialSettings
from openslate.models.temporal import TemporalSettings
from openslate.models.transformer.settings import TransformerSettings
from openslate.models.transitions import TransitionSettings
from openslate.models.weights import WeightSettings

ALWAYS = ("taste", "recent", "sequential", "popularity")
"""Parts whose settings every recipe has: others may be counted by them."""


@dataclass(frozen=True)
class Recipe:
    """Settings of every part; equal recipes on equal data give equal models. A part set to None is left out.

    Stability: provisional.

    Attributes:
        taste: what is watched by the same members, all they ever watched alike; `tuned` chooses EASE or EDLAE.
        recent: the same, what they watched lately counting more.
        latest: the weights of `recent` once more, for the last few titles alone.
        sequential: what is watched after what, over long histories.
        sequential_wide: the same over longer spans.
        sequential_next: what is watched right after what.
        temporal: what is watched not long after what, by time.
        following: how much more often than expected titles follow one another; counted by `sequential`.
        similar: how much audiences overlap; counted by `recent`.
        transitions: what is watched so many events after what.
        neighbours: what other members watched after the titles a member watched lately.
        next_neighbours: the same, right after them.
        between: what stands between the titles a member watched, wherever some may be missing.
        factors: what members of like taste watch, whether or not two of them share a title.
        transformer: what comes next to a reader of the whole sequence; needs the torch extra, and minutes.
        popularity: what everybody has been watching lately.
        cold_start: how scores carry over to titles nobody has watched.
        blend: how the weights between them are fitted.
        ranker: the second stage over the blend's best candidates.
        large: what is done differently on a large catalogue.
    """

    taste: EaseSettings = EaseSettings(dropout=0.0, training=WeightSettings(), fold_in=WeightSettings())
    recent: EaseSettings = EaseSettings(fold_in=WeightSettings(engagement_share=0.5, half_life=6.0))
    latest: WeightSettings | None = WeightSettings(engagement_share=0.5, half_life=2.0)
    sequential: SequentialSettings = SequentialSettings()
    sequential_wide: SequentialSettings | None = SequentialSettings(past=100, past_power=0.5, future=10, future_power=1)
    sequential_next: SequentialSettings | None = SequentialSettings(past=20, past_power=1.0, future=1, l2=5.0)
    temporal: TemporalSettings | None = None
    following: FollowingSettings | None = FollowingSettings()
    similar: NeighbourSettings | None = NeighbourSettings(neighbours=200, shrinkage=20.0)
    transitions: TransitionSettings | None = TransitionSettings()
    neighbours: MemberNeighbourSettings | None = MemberNeighbourSettings()
    next_neighbours: MemberNeighbourSettings | None = MemberNeighbourSettings(latest=10, nearby=10, ahead=1)
    between: BetweenSettings | None = BetweenSettings()
    factors: FactorSettings | None = FactorSettings()
    transformer: TransformerSettings | None = None
    popularity: PopularitySettings = PopularitySettings(half_life_days=None, window_days=7.0)
    cold_start: ColdStartSettings = ColdStartSettings(fewest_plays=1)
    blend: BlendSettings = BlendSettings()
    ranker: RankerSettings | None = RankerSettings()
    large: LargeCatalogue = LargeCatalogue()

    def is_large(self, n_titles: int) -> bool:
        """Whether a catalogue counts as large."""
        return n_titles >= self.large.from_titles

    def sized(self, n_titles: int) -> "Recipe":
        """The recipe without what takes too much memory or time on a large catalogue, see `LargeCatalogue`."""
        if not self.is_large(n_titles):
            return self
        fewer = {
            name: replace(part, most_events=min(part.most_events, self.large.remembered))
            for name in ("neighbours", "next_neighbours")
            if (part := getattr(self, name)) is not None
        }
        without = {name: None for name in self.large.without if name not in ALWAYS}
        factors = None if self.factors is None else self.large.factors
        return replace(self, **{**fewer, "factors": factors, **without})

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the models that are fitted."""
        others = {"cold_start", "blend", "ranker", "large"}
        return tuple(
            field.name for field in fields(self) if field.name not in others and getattr(self, field.name) is not None
        )
