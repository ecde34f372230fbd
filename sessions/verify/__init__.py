"""Measure a finished file, ours or anyone's, and judge it by a named profile."""
