"""What was learned about classes from this district's own closed cases, a row for each night on which something was."""

from django.db import models


class Learned(models.Model):
    """`held_out` cases were kept apart and asked about: how many had their class first, or among three, with what was
    learned and with the words of the category table alone; where meaning was learned too, with that besides.
    """

    id = models.BigAutoField(primary_key=True)
    learned_at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    held_out = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    among_three = models.PositiveIntegerField()
    words_first = models.PositiveIntegerField()
    words_among_three = models.PositiveIntegerField()
    meaning_first = models.PositiveIntegerField(null=True)
    meaning_among_three = models.PositiveIntegerField(null=True)
    data = models.BinaryField()

    class Meta:
        db_table = "case_learned"

    @property
    def is_by_meaning(self) -> bool:
        """Whether meaning finds the class more often than pieces of words alone."""
        return self.meaning_among_three is not None and self.meaning_among_three > self.among_three

    def is_better(self, *, with_meaning: bool) -> bool:
        """Whether it finds the class more often than the words of the table alone, with or without meaning."""
        found = max(self.among_three, self.meaning_among_three or 0) if with_meaning else self.among_three
        return found > self.words_among_three
