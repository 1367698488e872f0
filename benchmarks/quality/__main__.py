"""``python -m benchmarks.quality --corpus NAME --files FILE… [-o DIR]``."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

from graph_build import __version__
from graph_build.model import Her2kgError

from .corpora import CORPORA
from .evaluate import evaluate
from .gold import GoldError, read_corpus, renewed
from .ours import recogniser
from .report import page, write_reports


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a corpus; the code for the shell."""
    known = "\n".join(f"  {c.name:14}{c.files}\n{'':16}{c.home}" for c in CORPORA.values())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description="How many of the names that people annotated are found, and how many of ours are right.",
        epilog=f"corpora, the files of their test sets, and where they are:\n{known}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--corpus", required=True, choices=sorted(CORPORA), help="which corpus the files are of")
    parser.add_argument("--files", required=True, nargs="+", type=Path, help="PubTator or BioC files, gzip or plain")
    parser.add_argument("-o", "--output", type=Path, help="a folder for scores.tsv, scores.json, differences.tsv, …")
    parser.add_argument("--vocabulary", action="append", default=[], type=Path, help="as of her2kg build; repeatable")
    parser.add_argument("--same", type=Path, help="two columns: identifiers of the corpus, and what they are today")
    parser.add_argument("--samples", type=int, default=1000, help="samples of documents for the intervals (1000)")
    parser.add_argument("--seed", type=int, default=1, help="of the samples (1)")
    wishes = parser.parse_args(arguments)
    corpus = CORPORA[wishes.corpus]
    try:
        documents = read_corpus(wishes.files, corpus)
        if wishes.same:
            renewed(documents, wishes.same)
        known_by = recogniser(wishes.vocabulary)
    except (GoldError, Her2kgError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    evaluation = evaluate(corpus, documents, known_by, times=wishes.samples, seed=wishes.seed)
    read = [*wishes.files, wishes.same] if wishes.same else wishes.files
    names = ", ".join(path.name for path in wishes.vocabulary)
    about = {
        "software": f"her2kg {__version__}",
        "recognised_with": f"the lexicon and {names}" if names else "the lexicon alone",
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in read},
        "samples": wishes.samples,
        "seed": wishes.seed,
    }
    print(page(evaluation, about), end="")
    if wishes.output:
        write_reports(evaluation, wishes.output, about)
        print(f"written into {wishes.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
