"""`make quality`: what is found in the starter archive, held against what a careful reader finds there."""

from __future__ import annotations

from tests.quality.annotation_quality import main

if __name__ == "__main__":
    main()
