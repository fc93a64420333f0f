"""All that the box says to the internet, and asks of it: the only package that may.

Nothing here happens by itself: each way out is turned on by a technician.
"""
