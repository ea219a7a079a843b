"""A shoot that meets facts: a day is lost, somebody is out, a location is gone; the rest is planned anew."""
