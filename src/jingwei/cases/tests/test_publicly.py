"""What of a case may be told to everybody."""

import pytest

from jingwei.cases.publicly import public_title, rounded


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Lamp 18 is out", "Lamp 18 is out"),
        ("Call 138 1234 2046", ""),
        ("号码13812342046的车", ""),
        ("证件 42010119900307123X", ""),
        ("Gate of house 18, No. 3", "Gate of house 18, No. 3"),
    ],
)
def test_a_title_with_a_long_number_is_not_shown(title, shown):
    assert public_title(title) == shown


def test_a_point_that_is_not_known_stays_unknown():
    assert rounded(None) is None
