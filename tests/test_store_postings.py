"""Lists of postings: what is decoded is what was encoded, from lists and from arrays alike."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.store.postings import (
    PostingLists,
    as_arrays,
    decode_lists,
    decode_postings,
    encode_lists,
    encode_postings,
    select,
)

SIZES = st.sampled_from([200, 70_000, 2**31 - 1])


@st.composite
def posting_lists(draw: st.DrawFn) -> PostingLists:
    docs = sorted(draw(st.sets(st.integers(0, draw(SIZES)), min_size=1, max_size=20)))
    tf = draw(st.lists(st.integers(1, 6), min_size=len(docs), max_size=len(docs)))
    if not draw(st.booleans()):
        return PostingLists(docs, [n * draw(st.sampled_from([1, 300])) for n in tf])
    largest = draw(SIZES)
    places = [sorted(draw(st.lists(st.integers(0, largest), min_size=n, max_size=n))) for n in tf]
    return PostingLists(docs, tf, [place for row in places for place in row])


@settings(max_examples=200, deadline=None)
@given(posting_lists())
def test_store_postings_come_back_as_they_were(lists: PostingLists) -> None:
    stored = encode_lists(lists)
    assert stored == encode_postings(as_arrays(lists))
    found = decode_postings(stored)
    assert (found.docs.dtype, found.tf.dtype) == (np.int32, np.float32)
    assert found.docs.tolist() == lists.docs
    assert found.tf.tolist() == lists.tf
    if lists.positions is not None:
        assert found.positions is not None
        assert found.positions.tolist() == lists.positions
    assert decode_lists(stored) == lists
    assert decode_postings(stored, positions=False).positions is None


@settings(max_examples=100, deadline=None)
@given(posting_lists(), st.data())
def test_store_postings_of_some_documents_are_those_of_a_plain_loop(lists: PostingLists, data: st.DataObject) -> None:
    keep = data.draw(st.lists(st.booleans(), min_size=len(lists.docs), max_size=len(lists.docs)))
    found = select(as_arrays(lists), np.array(keep))
    assert found.docs.tolist() == [doc for doc, kept in zip(lists.docs, keep, strict=True) if kept]
    if lists.positions is not None:
        expected, rest = [], list(lists.positions)
        for count, kept in zip(lists.tf, keep, strict=True):
            expected += rest[:count] if kept else []
            del rest[:count]
        assert found.positions is not None
        assert found.positions.tolist() == expected


@settings(max_examples=200, deadline=None)
@given(posting_lists(), st.data())
def test_store_postings_cut_short_never_pass_for_whole(lists: PostingLists, data: st.DataObject) -> None:
    stored = encode_lists(lists)
    cut = stored[: data.draw(st.integers(0, len(stored) - 1))]
    for decode in (decode_postings, decode_lists):
        with pytest.raises((ValueError, KeyError, struct.error)):
            decode(cut)
