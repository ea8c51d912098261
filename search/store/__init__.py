"""STORE: Annotation → a generation of an index → Snapshot. How does it stay on disk, whole, whatever happens?

    store = Store("index_data")
    store.write(annotations)
    with store.snapshot() as snapshot:
        snapshot.postings("text", "deal").docs

record, document, validate    an article as bytes, as terms, and whether it can be stored
schema, postings, codec       what a segment holds and how its bytes lie
segments, merging, writer     writing segments, merging them, committing
files, manifest, generations  the directory: syncing, the lock, the pointer to the current generation
segment_view, snapshot        reading: one segment, one generation
store                         all of it, for one directory
pickles                       what Whoosh pickled, read without running it
"""

from search.store.merging import keep_all, merge_all, merge_smallest
from search.store.record import fingerprint, input_hash
from search.store.schema import SCHEMA
from search.store.snapshot import FacetColumn, Positions, Postings, Snapshot
from search.store.store import Store
from search.store.validate import check_article, check_storable
from search.store.writer import BATCH_ARTICLES, BATCH_CHARACTERS, BatchOutcome, IndexWriter

__all__ = [
    "BATCH_ARTICLES",
    "BATCH_CHARACTERS",
    "SCHEMA",
    "BatchOutcome",
    "FacetColumn",
    "IndexWriter",
    "Positions",
    "Postings",
    "Snapshot",
    "Store",
    "check_article",
    "check_storable",
    "fingerprint",
    "input_hash",
    "keep_all",
    "merge_all",
    "merge_smallest",
]
