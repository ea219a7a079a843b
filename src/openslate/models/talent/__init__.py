"""Talent scheduling: order the scenes of a shoot so that its cast is paid for as few idle days as can be."""
