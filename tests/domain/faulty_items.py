"""What a file that does not parse is told."""

import pytest

from clerk.domain.errors import StandardFaulty
from clerk.domain.standard_parsing import standard_from
from tests.domain.starter_items import raw

FOOD = raw("food_business_permit")


def part(data, name, code):
    return next(line for line in data[name] if line["code"] == code)


def faults_of(data):
    with pytest.raises(StandardFaulty) as caught:
        standard_from(data)
    return caught.value.faults
