"""Tables with their sources; generated ones name their script in line 1."""
