"""Metering: how loud a sound is, by the standards of broadcasting."""
