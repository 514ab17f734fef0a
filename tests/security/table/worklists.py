"""Work lists: departments and the street issue them and strike results off, grids answer, communities sort."""

from collections.abc import Callable

from jingwei.kernel.public import clock
from jingwei.places.public import codes
from jingwei.worklists.models import Answer, Task, WorkList
from tests.security.route import Deed, Given, Got, Route, at, elsewhere
from tests.security.table.machines import HERE, KEYS, Api, ApiDeed, ApiUpload, a_photo
from tests.security.world import ABSENT_ID, World

ISSUE_HERE = at("department_lead", "department")
ISSUE_ELSEWHERE = (
    at("department_lead", "other department") | at("dispatcher", "street", "district") | elsewhere("dispatcher")
)
ANSWER_HERE = at("grid_worker", "grid") | at("grid_leader", "grid", "community")
SORT_HERE = at("community_officer", "community") | at("dispatcher", "street", "district")
SEE_HERE = at("leader", "street", "district")
OFFICES = ISSUE_HERE | ISSUE_ELSEWHERE | SORT_HERE | SEE_HERE | elsewhere("community_officer leader")
ANSWERERS = ANSWER_HERE | elsewhere("grid_worker grid_leader")
LIST_SEEN = ISSUE_HERE | SORT_HERE | SEE_HERE
SEEN = LIST_SEEN | ANSWER_HERE


def _number(world: World) -> Given:
    return {"number": world.tasks["assigned"].work_list.number}


def _no_number(_world: World) -> Given:
    return {"number": "W20200101-99999"}


def _task(status: str) -> Callable[[World], Given]:
    return lambda world: {"key": world.tasks[status].pk}


def _nothing(_world: World) -> Given:
    return {"key": ABSENT_ID}


def _answer(world: World) -> Given:
    answer = Answer.objects.exclude(file="").get(task=world.tasks["reported"])
    return {"key": answer.task_id, "answer": answer.pk}


def _no_answer(world: World) -> Given:
    return {"key": world.tasks["reported"].pk, "answer": ABSENT_ID}


def _states(_world: World) -> object:
    return list(Task.objects.order_by("pk").values_list("pk", "status"))


def _cases(_world: World) -> object:
    return list(Answer.objects.order_by("pk").values_list("pk", "case_id"))


def _answers(_world: World) -> object:
    return list(Answer.objects.order_by("pk").values_list("pk", "text"))


def _why(_world: World) -> Given:
    return {"reason": "x"}


def _new(world: World) -> Given:
    return {
        "office": f"d{world.home.department.pk}",
        "title": "Gas hoses",
        "due_on": str(clock.local(clock.now()).date()),
        "areas": [codes.write(world.home.community)],
        **{f"item{row}-kind": "text" for row in range(8)},
        "item0-title": "How old?",
    }


def _place(world: World) -> Given:
    return {"task": world.tasks["reported"].pk, "place": 1}


def _no_place(world: World) -> Given:
    return {"task": world.tasks["reported"].pk, "place": 9}


def _photo(world: World) -> Given:
    answer = Answer.objects.exclude(file="").get(task=world.tasks["reported"])
    return {"task": answer.task_id, "place": answer.item.place}


def _to_do(world: World) -> Given:
    return {"task": world.tasks["assigned"].pk, "place": 1}


def _files(_world: World) -> object:
    return list(Answer.objects.order_by("pk").values_list("pk", "file"))


def _moved(status: str, verb: str = "") -> Callable[[World], Given]:
    return lambda world: {"task": world.tasks[status].pk, **({"verb": verb} if verb else {})}


def _none_moved(verb: str = "") -> Callable[[World], Given]:
    return lambda _world: {"task": ABSENT_ID, **({"verb": verb} if verb else {})}


def _drafted(world: World) -> Given:
    return {
        "office": codes.write(world.home.street),
        "title": "Gas hoses",
        "due_on": str(clock.local(clock.now()).date()),
        "areas": [codes.write(world.home.community)],
        "items": [{"title": "How old?"}],
    }


def _answered(_world: World) -> Given:
    return {"answers": [{"place": 1, "text": "Yes"}]}


def _lists(_world: World) -> object:
    return WorkList.objects.count()


MACHINES: tuple[Route, ...] = (
    Api("api-1:work_lists", KEYS),
    ApiDeed("api-1:issue_work_list", HERE, typed=_drafted, changes=_lists, told=KEYS - HERE, others=Got.HIDDEN),
    Api("api-1:one_work_list", HERE, _number, _no_number),
    Api("api-1:work_tasks", HERE, _number, _no_number),
    # The list is a department's, for which a key that handles cases acts.
    ApiDeed("api-1:withdraw_work_list", HERE, _number, _no_number, typed=_why, changes=_states),
    ApiDeed("api-1:answer_work_task", HERE, _moved("assigned"), _none_moved(), typed=_answered, changes=_answers),
    Api("api-1:work_photo", HERE, _photo, _no_place),
    ApiUpload("api-1:add_work_photo", HERE, _to_do, _no_place, typed=a_photo, changes=_files),
    ApiDeed("api-1:raise_work_answer", HERE, _place, _no_place, changes=_cases),
    ApiDeed(
        "api-1:move_work_task", HERE, _moved("reported", "accept"), _none_moved("accept"), typed=_why, changes=_states
    ),
    ApiDeed(
        "api-1:move_work_task",
        HERE,
        _moved("sorted", "strike_off"),
        _none_moved("strike_off"),
        typed=_why,
        changes=_states,
    ),
)
ROUTES: tuple[Route, ...] = (
    Route("worklists:home", OFFICES | ANSWERERS),
    Route("worklists:new", ISSUE_HERE | ISSUE_ELSEWHERE),
    Deed(
        "worklists:new",
        ISSUE_HERE,
        typed=_new,
        told=ISSUE_ELSEWHERE,
        changes=lambda _world: WorkList.objects.count(),
    ),
    Route("worklists:sheet", LIST_SEEN, _number, _no_number),
    Route("worklists:export", LIST_SEEN, _number, _no_number),
    Route("worklists:withdraw", ISSUE_HERE, _number, _no_number),
    Deed("worklists:withdraw", ISSUE_HERE, _number, _no_number, typed=_why, changes=_states),
    Route("worklists:result", SEEN, _task("reported"), _nothing),
    Route("worklists:photo", SEEN, _answer, _no_answer),
    Deed("worklists:raise", ANSWER_HERE | SORT_HERE, _answer, _no_answer, changes=_cases),
    Deed("worklists:accept", SORT_HERE, _task("reported"), _nothing, changes=_states),
    Route("worklists:send-back", SORT_HERE, _task("reported"), _nothing),
    Deed("worklists:send-back", SORT_HERE, _task("reported"), _nothing, typed=_why, changes=_states),
    Deed("worklists:strike-off", ISSUE_HERE, _task("sorted"), _nothing, changes=_states),
    Route("worklists:return", ISSUE_HERE, _task("sorted"), _nothing),
    Deed("worklists:return", ISSUE_HERE, _task("sorted"), _nothing, typed=_why, changes=_states),
    Route("worklists:mine", ANSWERERS),
    Route("worklists:task", ANSWER_HERE, _task("assigned"), _nothing),
    Deed(
        "worklists:task",
        ANSWER_HERE,
        _task("assigned"),
        _nothing,
        typed=lambda _world: {"text-1": "Yes", "keep": "1"},
        changes=_answers,
    ),
    *MACHINES,
)
