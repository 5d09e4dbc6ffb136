"""Runs submissions that nobody trusts: knows bytes and outcomes, and no exercise.

wire, child, zygote and lockdown run inside the sandbox, and import nothing of the project but each other;
policy, worker and runner run in the grading process.
"""
