"""`python -m grader` is `cnnex`."""

from grader.cli import main

main(prog_name="cnnex")
