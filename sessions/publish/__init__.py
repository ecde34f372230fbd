"""What goes with the audio: tags, captions, chapters, transcript, report. Pure functions."""
