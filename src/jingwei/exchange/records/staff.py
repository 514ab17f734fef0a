"""Who works at the desk of a district that was brought in."""

from django.db.transaction import atomic

from jingwei.people.public import Department, Member, Posting, create_posting
from jingwei.places.public import Area, Level

AT_DISTRICT = ("inspector", "dispatcher")


@atomic
def post_staff(district: int, member: Member, *, by: Member | None) -> int:
    """Let the member dispatch, handle for every department and check in the district. How many postings are new."""
    held = {(post.role, post.code, post.department_id) for post in Posting.objects.filter(member=member, ends_on=None)}
    streets = Area.objects.current().under(district).at(Level.STREET).values_list("code", flat=True)
    offices = Department.objects.filter(code=district, parent=None)
    wanted: list[tuple[str, int | None, Department | None]] = [(role, district, None) for role in AT_DISTRICT]
    wanted += [("dispatcher", code, None) for code in streets]
    wanted += [("department_lead", None, office) for office in offices]
    new = [
        (role, code, office) for role, code, office in wanted if (role, code, office.pk if office else None) not in held
    ]
    for role, code, office in new:
        create_posting(member, role, code=code, department=office, by=by)
    return len(new)
