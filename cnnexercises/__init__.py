"""What is taught: the exercises of the course, as values. Never imports the grader."""

__version__ = "0.1.0"
