"""What a class handed in: folders, archives and files become one Found a submission, and one Refused a reason why not."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.archives import entries, is_archive
from grader.archives.entry import CLASS, STUDENT, ArchiveRefusal, Budget, Entry, EntryRefusal, Limits, save
from grader.archives.names import parts_of, safe_name
from grader.errors import UsageError
from grader.layouts import (
    GRADED,
    Owner,
    Place,
    Records,
    Rule,
    attempt_of,
    by_pattern,
    left_out,
    one_line,
    owners,
    shape_of,
    stem_of,
)
from grader.recognition import entry_by_name, recognise
from grader.submission import read_submission
