"""What a choice changes, under stated assumptions: double machine learning for one choice between two alternatives."""
