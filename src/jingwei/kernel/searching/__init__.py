"""Looking for words and names: characters as they stand, and how Chinese names are spoken.

The database does it (migration `0008_parts_of_words`), so that nothing has to be kept up to date beside a name:

- `word_parts(said)`: what an index keeps of a text: pairs of characters, and each Chinese character by itself.
- `asked_parts(said)`: what a text must hold for `said` to stand in it; NULL where `said` is too short to look for.
- `name_key(name)`: a name as it is written and as it is spoken: 朝阳路, "chaoyanglu", "cyl", and the other readings.
- `is_called(name, said)`: whether `said` stands in that.
- `name_parts(name)`, `asked_name_parts(said)`: what an index keeps of a name, and of which a name must hold one.

A table with many names has an index of `name_parts(column)`; a filter `column__called=said` uses it.
"""

from jingwei.kernel.searching.lookups import Called, is_long_enough

__all__ = ["Called", "is_long_enough"]
