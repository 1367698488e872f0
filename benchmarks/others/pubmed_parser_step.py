"""``python pubmed_parser_step.py FILE``: pubmed-parser reads a file; what it took, as JSON."""

from __future__ import annotations

import json
import sys
import time

import pubmed_parser

if __name__ == "__main__":
    began, before = time.perf_counter(), time.process_time()
    records = sum(1 for _ in pubmed_parser.parse_medline_xml(sys.argv[1]))
    spent = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - before}
    print(json.dumps({"records": records, **spent}))
