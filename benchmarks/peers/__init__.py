"""Other people's recommenders, each in a process and an environment of its own, tuned with the same budget as ours.

`implicit`, `irspack`, `lenskit` and `rectools` run inside their environments and know nothing of Openslate; `exchange`
is what both sides share, `processes` starts them, and `grids` lists what each may try on validation.
"""
