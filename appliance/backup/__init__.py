"""Backups: one file that only the pass-phrase opens, and a box made from it again.

What is in one and how it is made safe: docs/backup.md.
"""
