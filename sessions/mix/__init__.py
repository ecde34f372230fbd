<<<<<<< HEAD
"""The mix: a pure function of position."""
=======
"""Mix: from a timeline, clips and beds to samples, and the measures of what came out."""
>>>>>>> levels
