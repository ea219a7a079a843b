"""The Universal Schedule Standard, a JSON form of breakdowns and boards that scheduling programs exchange."""
