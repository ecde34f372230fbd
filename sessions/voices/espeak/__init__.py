"""espeak-ng: the voice that is always there; its worker, its breath, and our own voice files."""
