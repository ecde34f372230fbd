"""The mix: a pure function of position."""
