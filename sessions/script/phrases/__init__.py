"""Phrases: what people write for lengths, levels, beds and choices, wherever they write it."""
