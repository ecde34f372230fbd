"""Hibari: a natural English voice that comes whole with a small package; how it is made to rest."""
