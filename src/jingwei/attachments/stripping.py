"""Sound and film without what the phone wrote beside: place, maker, model, titles. Streams stay byte by byte.

In the box format (MP4, M4A, 3GP, MOV) that stands in boxes of their own. They become free space of the same length, so
that nothing else moves and every offset still fits.
"""

from collections.abc import Iterator

HOLDS_OTHERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"})
SAYS_MORE = frozenset({b"udta", b"meta", b"uuid", b"ilst", b"loci"})
HEADER, LONG_HEADER = 8, 16


def without_notes(data: bytes) -> bytes:
    """The same file with its notes blanked. ValueError for boxes that are not whole."""
    clean = bytearray(data)
    for begin, head, end in _notes(data, 0, len(data)):
        clean[begin + 4 : begin + 8] = b"free"
        clean[begin + head : end] = bytes(end - begin - head)
    return bytes(clean)


def _notes(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where such boxes begin, how long their header is, and where they end."""
    while begin < end:
        size, head = _size(data, begin, end)
        kind = data[begin + 4 : begin + 8]
        if kind in SAYS_MORE:
            yield begin, head, begin + size
        elif kind in HOLDS_OTHERS:
            yield from _notes(data, begin + head, begin + size)
        begin += size


def _size(data: bytes, begin: int, end: int) -> tuple[int, int]:
    """The length of a box, and of its header. Zero stands for "to the end", one for a longer number behind."""
    size, head = int.from_bytes(data[begin : begin + 4]), HEADER
    if size == 1:
        size, head = int.from_bytes(data[begin + HEADER : begin + LONG_HEADER]), LONG_HEADER
    elif size == 0:
        size = end - begin
    if size < head or begin + size > end:
        raise ValueError("a box that is not whole")
    return size, head
