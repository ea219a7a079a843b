"""Models as pure functions and small dataclasses over arrays; they know no films, no disk and no clock."""
