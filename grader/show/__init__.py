"""Reports as people and other systems read them: Report in, text out. One module a format."""

FORMATS = ("terminal", "json", "html", "junit", "gradescope")
"""The values of --format; output.py says what writes each."""
