"""Our codec writes Whoosh's own table of terms, and reads mapped files as one reads a file."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filetables import OrderedHashReader, OrderedHashWriter
from whoosh.filedb.structfile import BufferFile, StructFile

from search.store.codec import MappedFile, TermTableWriter

TABLES = st.dictionaries(st.binary(min_size=1, max_size=9), st.binary(max_size=9), max_size=400)


class Kept(io.BytesIO):
    """A file whose content can be looked at after it was closed."""

    content = b""

    def close(self) -> None:
        self.content = self.getvalue()


def written_by(writer: type, table: dict[bytes, bytes]) -> bytes:
    file = Kept()
    made = writer(StructFile(file))
    for key in sorted(table):
        made.add(key, table[key])
    made.close()
    return file.content


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_store_codec_the_table_of_terms_is_whooshs_own(table: dict[bytes, bytes]) -> None:
    ours = written_by(TermTableWriter, table)
    assert ours == written_by(OrderedHashWriter, table)
    reader = OrderedHashReader(BufferFile(ours), len(ours))
    assert {key: reader[key] for key in table} == table


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(-1, 12)),
        st.tuples(st.just("seek"), st.integers(0, 40)),
        st.tuples(st.just("readline"), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(st.text("ab\n", max_size=30), STEPS)
def test_store_codec_a_mapped_file_reads_like_a_file(content: str, steps: list[tuple[str, int | None]]) -> None:
    plain = io.BytesIO(content.encode())
    mapped = MappedFile(memoryview(content.encode()), "name")
    for step, argument in steps:
        arguments = () if argument is None else (argument,)
        found = getattr(mapped, step)(*arguments)
        if step != "seek":
            assert found == getattr(plain, step)(*arguments)
        else:
            plain.seek(*arguments)
        assert mapped.tell() == plain.tell()
