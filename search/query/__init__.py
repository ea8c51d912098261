"""QUERY: words → Results. What does a person mean, which articles have it, in what order, and how are they spread?

grammar    text → a tree and problems, without an index          syntax     the tree
bind       the tree → a Whoosh query on an archive's terms       nodes      its leaves; names: what values are called
execute    the query → articles, on whole arrays                 score      BM25F
filters    which of them a request keeps                         relax      when no article has all words
rank       their order                                           facets, histogram   exact counts
sought, matches, highlight   the passage to show                 spelling, suggest   other words to try
answer     all of it, for one request                            limits     how much may be asked for
"""

from search.query.answer import run
from search.query.limits import LIMITS
from search.query.suggest import Completion, facet_values, suggest

__all__ = ["LIMITS", "Completion", "facet_values", "run", "suggest"]
