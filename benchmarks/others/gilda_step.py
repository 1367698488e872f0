"""``python gilda_step.py FOLDER TARGET``: gilda annotates the texts with our names; what it took, as JSON.

Its own terms are not loaded, so nothing is fetched.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from gilda.grounder import Grounder
from gilda.ner import annotate
from gilda.process import normalize
from gilda.term import Term


def main() -> None:
    """Read the names and texts, annotate, and write the spans."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    terms = []
    for line in (folder / "names.tsv").read_text(encoding="utf-8").splitlines():
        text, kind, label = line.split("\t")
        if normalize(text).strip():
            status = "name" if text == label else "synonym"
            terms.append(Term(normalize(text), text, kind, label, label, status, "her2kg"))
    lines = (folder / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    texts = ["\n".join(json.loads(line)) for line in lines]
    grounder = Grounder(terms)
    annotate(texts[0], grounder=grounder)
    began, before = time.perf_counter(), time.process_time()
    found = [annotate(text, grounder=grounder) for text in texts]
    spent = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - before}
    spans = [[[a.start, a.end] for a in one] for one in found]
    target.write_text(json.dumps(spans), encoding="utf-8")
    size = sum(len(text.encode()) for text in texts)
    print(json.dumps({"bytes": size, "mentions": sum(map(len, spans)), "records": len(texts), **spent}))


if __name__ == "__main__":
    main()
