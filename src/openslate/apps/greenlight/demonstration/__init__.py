"""An invented studio and its service, for demonstrations and tests: what commissioners would know, with a known truth."""
