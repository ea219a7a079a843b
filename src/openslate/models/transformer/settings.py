"""What the sequence transformer is built and trained with: plain values, read before torch is ever imported."""

from dataclasses import dataclass

from openslate.errors import FitError


@dataclass(frozen=True)
class TransformerSettings:
    """What the sequence transformer is built and trained with.

    Stability: provisional.

    Attributes:
        width: numbers that describe one event; a multiple of `heads`.
        blocks: layers of attention and feed-forward.
        heads: attentions side by side in each block.
        feed_forward: width inside the feed-forward part of a block.
        context: how many of a member's latest events are looked at.
        epochs: how often every event is trained on; the whole budget, and what the learning rate falls along.
        events_per_step: about how many events share one step.
        learning_rate: the highest, reached after `warm_up` steps and held until it falls in a line to zero.
        falling_share: the last share of the training, in which it falls.
        warm_up: steps until the learning rate is reached.
        weight_decay: of the matrices, per step and unit of learning rate.
        dropout: share of numbers left out at random while training.
        sampled_share: the first share of the training, in which titles are told apart from `negatives` only.
        negatives: titles drawn at random for each step, the same for all its events.
        repeated_share: the last share of the training, which is gone through again on all histories from the weights
            that validation came to on most of them; 1 goes through all of it.
        bfloat16: whether matrix products are rounded to bfloat16, which takes half the time or less where the processor
            knows it (AVX-512 BF16, AMX, any recent GPU), and ten times as long where it does not; None asks the device,
            and a fitted model says what was done.
        seed: of the first weights, the cuts, the order, the drawn titles and the dropout.
    """

    width: int = 128
    blocks: int = 2
    heads: int = 4
    feed_forward: int = 256
    context: int = 100
    epochs: float = 11.0
    events_per_step: int = 1536
    learning_rate: float = 0.002
    falling_share: float = 0.7
    warm_up: int = 200
    weight_decay: float = 0.05
    dropout: float = 0.2
    sampled_share: float = 0.6
    negatives: int = 800
    repeated_share: float = 0.25
    bfloat16: bool | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        counts = ("width", "blocks", "heads", "feed_forward", "context", "events_per_step", "negatives")
        for name in counts:
            if getattr(self, name) < 1:
                raise FitError(f"TransformerSettings.{name} is {getattr(self, name)}.", "Make it at least 1.")
        if self.width % self.heads:
            raise FitError(
                f"A width of {self.width} cannot be shared by {self.heads} heads.",
                "Make TransformerSettings.width a multiple of TransformerSettings.heads.",
            )
        if not 0 <= self.dropout < 1:
            raise FitError(f"TransformerSettings.dropout is {self.dropout}.", "Make it at least 0 and less than 1.")
        if not 0 < self.repeated_share <= 1:
            raise FitError(
                f"TransformerSettings.repeated_share is {self.repeated_share}.", "Make it more than 0 and at most 1."
            )
        for name in ("epochs", "falling_share", "learning_rate"):
            if getattr(self, name) <= 0:
                raise FitError(f"TransformerSettings.{name} is {getattr(self, name)}.", "Make it more than 0.")
