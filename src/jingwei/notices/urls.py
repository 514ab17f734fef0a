"""The pages of notices: one's own inbox and choices; on the desk, how notices go out."""

from django.urls import path

from jingwei.notices.web import desk, inbound, own, push

app_name = "notices"
urlpatterns = [
    path("me/messages/", own.inbox, name="inbox"),
    path("me/messages/count/", own.count, name="count"),
    path("me/messages/read/", own.read_all, name="read-all"),
    path("me/messages/<uuid:key>/", own.open_message, name="open"),
    path("me/notices/", own.choices, name="choices"),
    path("me/notices/e-mail/", own.email, name="email"),
    path("me/notices/e-mail/<str:token>/", own.confirm, name="confirm"),
    path("me/notices/push/", push.add, name="push"),
    path("me/notices/push/renew/", push.renew, name="push-renew"),
    path("me/notices/push/<uuid:key>/end/", push.end, name="push-end"),
    path("me/notices/push-worker.js", push.worker, name="push-worker"),
    path("notices/leave/<str:token>/", own.unsubscribe, name="unsubscribe"),
    path("notices/text-message/", inbound.text_message, name="text-message"),
    path("desk/notices/", desk.overview, name="overview"),
    path("desk/notices/texts/<str:key>/", desk.text, name="text"),
    path("desk/notices/robots/", desk.robots, name="robots"),
    path("desk/notices/robots/<int:department_id>/", desk.robot, name="robot"),
]
