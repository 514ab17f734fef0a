"""Who decides what everybody may see: those who file cases at the place, and write their titles."""

from jingwei.cases.public import Case
from jingwei.kernel.public import permit
from jingwei.people.public import has_duty

files = has_duty("cases.file", categories="category_code")

permit("publication.decide", files, Case)
