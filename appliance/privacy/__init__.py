"""What the box keeps of people and machines: said, given to whoever it is about, deleted.

records    everything that is kept: where, why, for how long
deleting   what somebody had deleted, and what of it is still to be done
export     all of chosen devices as one ZIP, for whoever uses them
papers     the notice for the staff, and the note on risks, to be completed and printed
"""
