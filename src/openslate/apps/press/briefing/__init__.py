"""The day's briefing: its stories by topic, with why and how many, on two pages."""
