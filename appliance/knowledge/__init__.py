"""What the box knows beforehand: tables in, frozen values out; pure after loading.

One file for each family of tables in ``appliance/data``. Each reads its tables once, when first
asked; every look-up after that is a dictionary, a bisection or a few short patterns.
"""
