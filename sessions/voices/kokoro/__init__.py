"""Kokoro: a neural voice whose model comes in packages; the extra `natural`."""
