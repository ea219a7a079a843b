"""How rows become part of a project: typed, checked, told apart, written in their order, or refused with a reason."""
