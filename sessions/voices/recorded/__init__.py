"""Your own voice, recorded at home: which file is which line, and how it is made to rest."""
