"""Speed and memory of annotation: `python -m tests.bench.annotate_stream [--articles 2000] [--workers 2]`.

Articles are made of random syllables, so that nearly every one has words never seen before: what leaks, leaks here.
Prints words a second, the share of the rules, and the resident memory after each tenth of the stream.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from search.annotate import Annotator
from search.annotate.pipeline import annotate_with, text_to_recognize
from search.annotate.recognizer import load_recognizer
from search.model import Article

SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "za", "chi", "dor", "fen", "gar", "hul", "jas")
FRAME = (
    "{name}, the foreign minister of Iran, said on Sunday in Moscow that {a} {b} had met General {name} of {c}. "
    "The {d} ministry in {e} denied it last week, and {surname} left for Paris in October 2017 with the {f} of {b}. "
)


def synthetic_articles(count: int, words: int) -> Iterator[Article]:
    """Articles of about so many words, most of them new."""
    draw = random.Random(20)

    def word() -> str:
        return "".join(draw.choices(SYLLABLES, k=draw.randint(3, 6)))

    for number in range(count):
        text = ""
        while text.count(" ") < words:
            surname = word().capitalize()
            fields = {key: word() for key in "abdf"} | {"c": word().capitalize(), "e": word().capitalize()}
            text += FRAME.format(name=f"{word().capitalize()} {surname}", surname=surname, **fields) + "\n\n"
        yield Article(id=str(number), title=f"{word()} of Iran", text=text)


def resident() -> int:
    """Memory of this process in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--model", default="fast")
    options = parser.parse_args()

    sample = list(synthetic_articles(200, options.words))
    size = sum(len(article.text.split()) for article in sample)
    recognizer = load_recognizer(options.model)
    started = time.perf_counter()
    spans = list(recognizer.stream(map(text_to_recognize, sample)))
    recognized = time.perf_counter()
    for article, found in zip(sample, spans, strict=True):
        annotate_with(article, found, "bench")
    ruled = time.perf_counter()
    print(f"model {size / (recognized - started):,.0f} words/s, rules {size / (ruled - recognized):,.0f} words/s,")
    print(f"rules take {100 * (ruled - recognized) / (ruled - started):.0f} % of the time")

    started = time.perf_counter()
    words = 0
    annotator = Annotator(options.model)
    stream = annotator.stream(synthetic_articles(options.articles, options.words), workers=options.workers)
    for number, annotation in enumerate(stream, 1):
        words += annotation.article.text.count(" ")
        if number % max(1, options.articles // 10) == 0:
            rate = words / (time.perf_counter() - started)
            print(f"{number:>8} articles  {rate:>8,.0f} words/s  {resident():>6} MB")


if __name__ == "__main__":
    main()
