"""The pipeline that is trained: spaCy's English tokenizer, sharpened for news, and one CNN `ner` pipe."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import compile_infix_regex
from thinc.api import NumpyOps, set_current_ops

from search.annotate.training.corpora import LabelledText

NAME = "dateline_fast"

# Texts that `nlp.pipe` takes at once unless told otherwise. With spaCy's own default of 1000 articles the
# layers' outputs leave the processor's cache, which costs a third of the speed and more.
BATCH_SIZE = 16

# "U.S.-led", "Moscow-based" and "(AFP)-The" are several tokens; the stock rules only split a hyphen
# between letters, and a dash glued to a bracket or a full stop not at all.
_EXTRA_INFIXES = (
    r"(?<=\w)[)\]\"”](?=[-–—]\w)",
    r"(?<=[A-Z]\.)[-–—](?=[A-Za-z])",
    r"(?<=[)\]\"”])[-–—](?=\w)",
    r"(?<=\w)[–—](?=[\w\"“])",
)


def use_fast_matrices() -> None:
    """Have thinc multiply matrices with numpy's BLAS for every model built or loaded after this call.

    thinc's own default, BLIS, multiplied three times slower on the processor this was measured on (an AMD
    EPYC). Only the rounding differs.
    """
    set_current_ops(NumpyOps(use_blis=False))


def build(width: int = 96, depth: int = 4, rows: tuple[int, int, int, int] = (10000, 1000, 3000, 3000)) -> Language:
    """A blank pipeline; `rows` are the hash embedding's, for NORM, PREFIX, SUFFIX and SHAPE."""
    nlp = spacy.blank("en", config={"nlp": {"batch_size": BATCH_SIZE}})
    infixes = [*(nlp.Defaults.infixes or ()), *_EXTRA_INFIXES]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]  # typed as any callable
    nlp.add_pipe("ner", config={"model": _model(width, depth, rows)})
    return nlp


def _model(width: int, depth: int, rows: tuple[int, int, int, int]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": width,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": list(rows),
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": width,
                "depth": depth,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        },
    }


def example(nlp: Language, source: LabelledText) -> Example:
    """A text as a training example.

    An entity whose edges are not edges of tokens is marked as missing: the parser is neither rewarded nor
    punished there, rather than taught that nothing is there.
    """
    reference = nlp.make_doc(source.text)
    found, missing = [], []
    for entity in source.entities:
        span = reference.char_span(entity.start, entity.end, label=entity.label)
        if span is not None:
            found.append(span)
        else:
            missing.append(reference.char_span(entity.start, entity.end, alignment_mode="expand"))
    taken = {token.i for span in found for token in span}
    gaps = [span for span in missing if span is not None and taken.isdisjoint(token.i for token in span)]
    reference.set_ents(found, missing=gaps, default="outside")
    words = [token.text for token in reference]
    spaces = [bool(token.whitespace_) for token in reference]
    return Example(Doc(nlp.vocab, words=words, spaces=spaces), reference)


def examples(nlp: Language, texts: Iterable[LabelledText]) -> list[Example]:
    """Texts as training examples."""
    return [example(nlp, source) for source in texts]
