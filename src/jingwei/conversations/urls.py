"""The pages of conversations: a resident's own, the grid worker's, the community's, the administrator's."""

from django.urls import path

from jingwei.conversations.web import grid, resident, talking

app_name = "conversations"
urlpatterns = [
    path("grid-worker/", resident.mine, name="mine"),
    path("grid-worker/choose/", resident.choose, name="choose"),
    path("conversations/<uuid:key>/", talking.send, name="send"),
    path("conversations/messages/<uuid:key>/case/", talking.case, name="case"),
    path("conversations/files/<uuid:key>/", talking.file, name="file"),
    path("conversations/files/<uuid:key>/small/", talking.file, {"is_small": True}, name="small-file"),
    path("field/messages/", grid.in_field, name="threads"),
    path("field/messages/<uuid:key>/", grid.thread, name="thread"),
    path("desk/unanswered/", grid.at_desk, name="unanswered"),
    path("desk/unanswered/<uuid:key>/", grid.raised, name="raised"),
    path("desk/conversations/", grid.terms, name="terms"),
]
