"""Papers of the box as PDF: set by typst, in a process that then ends.

typeset    that process
setting    starts it, on a source of ours and plain values
labels     what is glued to the box and its cables, and the legend of the light
"""
