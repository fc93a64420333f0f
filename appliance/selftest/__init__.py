"""The acceptance test: every detector is shown its sign, and the box says what it makes of it.

samples   plays what comes with the box, and tells what was seen
box       what the box is, how it is set, and what it sees now
page      both in words: lines for the terminal, a page to sign
"""
