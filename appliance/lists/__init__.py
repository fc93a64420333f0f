"""Lists of known bad names, addresses and fingerprints: read, judged, kept, looked up.

entry     one line of a list
own       lists as the box itself writes them; `formats`: as others do; `bundle`: signed ones
guard     what no list may hold
names     a great many names in little memory; `networks`: the same of addresses
index     all lists together, quick to ask
shelf     which lists the box holds; `offers`: those it could fetch
taking_up what the sensor uses
"""
