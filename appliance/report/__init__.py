"""The report of a month: one page for the dentist, the details behind it.

calendar   months, cut in the practice's time zone
facts      what a report is made of, as values
collect    reads the store, and takes what the panel says
rules      what makes a month more than calm: each rule with its level
month      facts to report: the verdict, its reasons, the figures
words      the report in one language
sections   its details as tables
paper      the same as a PDF
"""
