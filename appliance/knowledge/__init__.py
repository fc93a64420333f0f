"""What the box knows beforehand: tables in, frozen values out; pure after loading.

One file for each family of tables in ``appliance/data``. Its one function without
arguments reads them once, and is called while files may still be opened; every look-up after that
is a dictionary, a bisection or a few short patterns.
"""
