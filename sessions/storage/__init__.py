"""Storage: files that are whole or not there, and what is kept between renders."""
