"""ANNOTATE: who, where and when an article speaks of.

    from search.annotate import Annotator
    annotator = Annotator()                          # the shipped model; any spaCy pipeline with an `ner` works
    for annotation in annotator.stream(articles, workers=2):
        annotation.persons, annotation.countries, annotation.mentions

A recogniser (`recognizer.py`, the only module that knows spaCy) labels stretches of text; rules do the rest: `people`,
`countries`, `organizations`, `places`, `dates`, each a pure function of text and spans, put together in `pipeline`.
"""

from search.annotate.annotator import Annotator

__all__ = ["Annotator"]
