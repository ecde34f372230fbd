"""Make calm guided audio from plain Markdown: speech, paced pauses and a bed of sound."""
