"""From names to rows: the people and offices of the town as the database knows them."""

from dataclasses import dataclass

from jingwei.cases.public import Origin, PastCase, PastMove, digest
from jingwei.demo.course import Opening, Step
from jingwei.demo.history import Planned
from jingwei.demo.people import Cast, Person, clerk_of
from jingwei.people.public import Department, Member

CALLERS = ("张女士", "王先生", "李女士", "陈先生", "刘阿姨", "赵师傅", "周女士", "吴先生")
FIRST_CALLER = 9000  # their phones end in four digits from here on
REPORTED_CLASS = 3  # of five reporters, so many choose the class themselves


@dataclass(frozen=True)
class Ledger:
    """Ids by user name and by office key, and who the people are."""

    members: dict[str, int]
    people: dict[str, Person]
    offices: dict[str, int]

    def past(self, planned: Planned) -> PastCase:
        """The case as the rules replay it."""
        opening = planned.opening
        return PastCase(
            self._origin(planned),
            opening.at,
            self._recorder(opening),
            [self._move(step) for step in planned.steps],
        )

    def _origin(self, planned: Planned) -> Origin:
        opening = planned.opening
        number = planned.id.int
        who = self.people[opening.reporter] if opening.reporter else None
        return Origin(
            id=planned.id,
            code=opening.spot.code,
            channel=opening.channel,
            digest=digest(planned.id.bytes),
            words=planned.words,
            place=opening.spot.place,
            longitude=opening.spot.longitude,
            latitude=opening.spot.latitude,
            category_code=opening.story.category if number % 5 < REPORTED_CLASS else "",
            name=who.name if who else CALLERS[number % len(CALLERS)],
            phone=who.phone if who else f"1380000{FIRST_CALLER + number % 1000}",
            member_id=self.members[who.username] if who else None,
        )

    def _recorder(self, opening: Opening) -> int | None:
        """Who wrote it down: whoever reports it with an account, otherwise who took the call or sat at the counter."""
        if opening.reporter:
            return self.members[opening.reporter]
        if opening.channel == "hotline":
            return self.members["call-taker-1"]
        if opening.channel == "counter":
            return self.members[clerk_of(opening.spot.code)]
        return None

    def _move(self, step: Step) -> PastMove:
        fields = dict(step.fields)
        if "office" in fields:
            fields["department_id"] = self.offices[fields.pop("office")]
        if "member" in fields:
            fields["member_id"] = self.members[fields.pop("member")]
        return PastMove(step.verb, step.at, self.members[step.by] if step.by else None, fields)


def read_ledger(cast: Cast) -> Ledger:
    """The ledger of a cast, as far as it is in the database."""
    people = {one.phone: one for one in cast.everybody}
    rows = Member.objects.with_phone(*people).values_list("phone", "pk")
    return Ledger(
        members={people[phone].username: key for phone, key in rows if phone},
        people={one.username: one for one in cast.everybody},
        offices=dict(Department.objects.filter(key__in=[one.key for one in cast.offices]).values_list("key", "pk")),
    )
