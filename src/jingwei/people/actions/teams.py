"""What changes teams, and who is in them."""

from datetime import datetime

from django.db.transaction import atomic
from django.utils.translation import gettext as _

from jingwei.kernel.public import NotPermitted, Refused, publish
from jingwei.people.actions.asking import ask
from jingwei.people.facts import TeamChanged
from jingwei.people.models import Department, Member, Team, TeamMember
from jingwei.people.queries import today


@atomic
def create_team(
    *,
    name: str,
    kind: str,
    code: int,
    department: Department | None = None,
    leader: Member | None = None,
    by: Member | None,
    now: datetime | None = None,
) -> Team:
    """A team for the place `code`, from today on."""
    team = Team(name=name.strip(), kind=kind, code=code, department=department, begins_on=today(now))
    ask(by, "people.team", team)
    if Team.objects.filter(code=code, name=team.name, ends_on=None).exists():
        raise Refused(_("There is a team “%(name)s” here already.") % {"name": team.name})
    if leader is not None and leader.kind != Member.Kind.STAFF and kind != Team.Kind.VOLUNTEER:
        raise Refused(_("Somebody on the staff leads this team."))
    team.leader = leader
    team.save()
    _tell(team, by, now)
    return team


@atomic
def end_team(team: Team, *, by: Member | None, now: datetime | None = None) -> Team:
    """The team is no more. Of volunteers nothing is kept."""
    team = _locked(team)
    ask(by, "people.team", team)
    if team.kind == Team.Kind.VOLUNTEER:
        team.people.all().delete()
    team.people.filter(ends_on=None).update(ends_on=today(now))
    team.ends_on = today(now)
    team.save(update_fields=["ends_on"])
    _tell(team, by, now)
    return team


@atomic
def join_team(team: Team, member: Member, *, by: Member | None, now: datetime | None = None) -> TeamMember:
    """`member` is in the team from today on: volunteers by their own word only, others as whoever keeps it says."""
    team = _locked(team)
    if team.kind == Team.Kind.VOLUNTEER:
        if by is None or by.pk != member.pk:
            raise NotPermitted(_("Volunteers join by themselves."))
    else:
        ask(by, "people.team", team)
        if member.kind != Member.Kind.STAFF:
            raise Refused(_("Only volunteers and the staff are in teams."))
    entry, is_new = TeamMember.objects.get_or_create(
        team=team, member=member, ends_on=None, defaults={"begins_on": today(now)}
    )
    if is_new:
        _tell(team, by, now)
    return entry


@atomic
def leave_team(team: Team, member: Member, *, by: Member | None, now: datetime | None = None) -> None:
    """Out of the team. Who takes back that they volunteer leaves nothing behind."""
    team = _locked(team, is_open=False)
    if by is None or by.pk != member.pk:
        ask(by, "people.team", team)
    entries = team.people.filter(member=member, ends_on=None)
    if team.kind == Team.Kind.VOLUNTEER:
        team.people.filter(member=member).delete()
    else:
        entries.update(ends_on=today(now))
    if team.leader_id == member.pk:
        team.leader = None
        team.save(update_fields=["leader"])
    _tell(team, by, now)


def _locked(team: Team, *, is_open: bool = True) -> Team:
    team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    if is_open and team.ends_on is not None:
        raise Refused(_("This team has ended."))
    return team


def _tell(team: Team, by: Member | None, now: datetime | None) -> None:
    """Which team; not who."""
    publish(TeamChanged(team_id=team.pk, code=team.code), by=by, at=now)
