#!/usr/bin/env python3
"""Whether two JSON records say the same, but for what they were made from: `same_record.py ONE OTHER`."""

import json
import pathlib
import sys

one, other = (json.loads(pathlib.Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:3])
different = [key for key in one.keys() | other.keys() if key != "made" and one.get(key) != other.get(key)]
sys.exit(f"the records differ in {', '.join(sorted(different))}" if different else 0)
