"""An invented newsroom and a tour of the desk: feeds and pages of our own, read offline."""
