"""`make quality`: what is found in the starter archive, held against what a careful reader finds there.

python -m tests.quality [annotation] [--gold … --seeds … | --samples …]
python -m tests.quality recognition --corpus corpus.jsonl.gz
"""

from __future__ import annotations

import sys

from tests.quality import annotation_quality, recognition_quality

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["recognition"]:
        recognition_quality.main(arguments[1:])
    else:
        annotation_quality.main(arguments[1:] if arguments[:1] == ["annotation"] else arguments)
