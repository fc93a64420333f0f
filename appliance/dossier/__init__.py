"""What an incident leaves for the authorities: evidence kept at once, and one signed file.

scope      which alerts, cases and devices belong to it; which cable to pull first
folder     files that are on the card when a call returns, and the list of their hashes
evidence   what is kept from the minute it opens until it is closed
facts      what the box knows of each field that an authority asks for
sheets     the forms: each with its fields filled, or marked to complete
account    all of it as one value, in words
paper      the same as a PDF (`appliance.press`)
seal       the box's key
bundle     the ZIP, and whether one is as it was made
"""
