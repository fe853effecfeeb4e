"""What the opinions of a station say of its standing: every one has a handler, and whoever spoke was told.

A station is judged by what it controls: what a department is late with is shown and fails nothing.
"""

from feedback.opinions.measures import handling, results, takers, time_limits

MEASURES = [measure for subject in (handling, time_limits, results, takers) for measure in subject.MEASURES]
