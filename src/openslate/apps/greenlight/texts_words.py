"""What a training says of scripts, treatments and outlines: what it read, what it left out, what is gone."""

from collections import Counter

from openslate.apps.greenlight.train import Trained


def texts_told(trained: Trained) -> list[str]:
    """A sentence each; none where there are no texts and nothing was removed.

    Args:
        trained: what a training came to.
    """
    answered, told = trained.texts, []
    read = sum(answered.used.values())
    left = sum((Counter(reasons) for reasons in answered.left_out.values()), Counter[str]())
    if read:
        many = f"{read:,} {'text' if read == 1 else 'texts'}"
        told.append(f"It learned from {many} that people wrote for titles, each by permission and at its price.")
    if left:
        count_left = sum(left.values())
        why = ", ".join(f"{count:,} {reason}" for reason, count in sorted(left.items()))
        why = next(iter(left)) if len(left) == 1 else why
        told.append(f"Left out: {count_left:,} {'text' if count_left == 1 else 'texts'}, {why}.")
    if trained.removed:
        gone = ", ".join(one[:12] for one in trained.removed)
        told.append(f"Removed, because they learned from texts that may not be learned from any more: {gone}.")
    return told
