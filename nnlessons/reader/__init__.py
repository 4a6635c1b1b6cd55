"""The running example: a network that reads handwritten digits, and how it's shown.

network.py      the trained network that the lessons start from
scans.py        a scan of each digit, for the demos' buttons
"""
