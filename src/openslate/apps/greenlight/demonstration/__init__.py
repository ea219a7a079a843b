"""An invented studio and its service, for demonstrations and tests: all that commissioners know, with a known truth."""
