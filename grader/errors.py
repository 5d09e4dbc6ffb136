"""The errors of the grader: faults of ours and bad usage. A student's fault is never among them.

CnnexError
├── UsageError          bad usage or unreadable input: exit code 2
│   ├── submission.UnreadableSubmission, recognition.UnrecognisedExercise
│   └── training.DataError
└── GraderFault         ours: "not graded", exit code 3, costs no points
    └── SandboxFault    the sandbox did not start, or a step of the lock-down failed
"""


class CnnexError(Exception):
    """A sentence for a person: what happened, where, and what to do."""


class UsageError(CnnexError):
    """The command was used wrongly, or what it was given cannot be read."""


class GraderFault(CnnexError):
    """Something of ours failed; the submission is not graded."""


class SandboxFault(GraderFault):
    """A sandbox could not be made, or does not hold."""
