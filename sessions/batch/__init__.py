"""Batch: many versions of a script, one for each row of a table."""
