"""The readings that `Reading` holds, out of pypinyin: loaded by a migration, and by nothing that serves."""

from collections.abc import Iterator

FIRST, LAST = 0x4E00, 0x9FFF
"""The block of Unicode in which all usual characters are."""
MOST_READINGS = 3


def readings() -> Iterator[tuple[str, list[str]]]:
    """Each character that has a reading, with its syllables: no tones, ü as v, as people type them."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - 50 MB, for a migration alone

    for character in map(chr, range(FIRST, LAST + 1)):
        [found] = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or [[]]
        if found:
            yield character, list(dict.fromkeys(found))[:MOST_READINGS]
