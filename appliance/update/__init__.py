"""Another build of the application in the place of the one in use, or the former one again.

How a build comes, is switched to, is judged and is taken back: docs/update.md.
"""
