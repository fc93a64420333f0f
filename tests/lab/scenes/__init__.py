"""What happens in a practice, each scene a function that runs real programs for a short while.

``work`` holds what everybody does all day; each other file has the name of a detector and holds
its attacks, by the tools that attackers use, and the look-alikes that it must not fall for. The
``SCENES`` of a file are recorded to ``tests/captures/`` under the same names.
"""
