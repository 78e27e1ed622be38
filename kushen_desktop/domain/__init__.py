"""Values and rules: plain Python, standard library only."""
