"""The second stage: the best candidates of a blend, told apart by more than their blended score."""
