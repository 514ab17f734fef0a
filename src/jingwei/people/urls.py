"""The entrance, and what members do with their own accounts."""

from django.urls import path

from jingwei.people.web import (
    accounts,
    devices,
    entrance,
    factors,
    own_data,
    policy_reports,
    reads,
    recovering,
    security,
)
from jingwei.people.web.staff.urls import urlpatterns as staff_pages

app_name = "people"
urlpatterns = [
    path("sign-in/", entrance.sign_in, name="sign-in"),
    path("sign-in/phone/", entrance.phone, name="phone"),
    path("sign-in/phone/code/", entrance.code, name="code"),
    path("sign-in/second/", factors.second_factor, name="second-factor"),
    path("sign-in/passkey/", factors.by_passkey, name="passkey"),
    path("sign-in/set-up/", factors.set_up, name="set-up-factor"),
    path("sign-in/set-up/app/", factors.set_up_app, name="set-up-app"),
    path("sign-in/set-up/passkey/", factors.set_up_passkey, name="set-up-passkey"),
    path("sign-in/recover/", recovering.recover, name="recover"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("language/", entrance.language, name="language"),
    path("me/data/", own_data.own_data, name="own-data"),
    path("me/data/name/", own_data.rename, name="rename"),
    path("me/data/export/", own_data.export, name="export-own"),
    path("me/data/erase/", own_data.erase, name="erase"),
    path("me/reads/", reads.own_reads, name="reads"),
    path("desk/policy-reports/", policy_reports.policy_reports, name="policy-reports"),
    path("desk/reads/", reads.audit, name="audit"),
    path("me/sign-in/", security.security, name="security"),
    path("me/sign-in/spare-codes/", security.spare_codes, name="spare-codes"),
    path("me/sign-in/remove-app/", security.remove_app, name="remove-app"),
    path("me/sign-in/passkeys/<int:passkey_id>/remove/", security.remove_passkey, name="remove-passkey"),
    path("me/sign-in/forget-browsers/", security.forget_browsers, name="forget-browsers"),
    path("me/confirm/", security.confirm, name="confirm"),
    path("me/password/", security.password, name="password"),
    path("me/recovery/withdraw/", recovering.withdraw_own, name="withdraw-own-recovery"),
    *staff_pages,
    path("me/devices/", devices.own_devices, name="devices"),
    path("me/devices/end/", devices.end_session, name="end-session"),
    path("me/devices/end-others/", devices.end_other_sessions, name="end-other-sessions"),
    path("desk/accounts/", accounts.find, name="accounts"),
    path("desk/accounts/new/", accounts.new, name="new-account"),
    path("desk/accounts/<int:member_id>/", accounts.one, name="account"),
    path("desk/accounts/<int:member_id>/invite/", accounts.invite, name="invite"),
    path("desk/accounts/<int:member_id>/recover/", accounts.open_recovery, name="open-recovery"),
    path("desk/accounts/<int:member_id>/sign-out/", accounts.sign_out, name="account-sign-out"),
    path("desk/accounts/<int:member_id>/close/", accounts.close, name="close-account"),
    path("desk/recoveries/<uuid:recovery_id>/approve/", accounts.approve, name="approve-recovery"),
    path("desk/recoveries/<uuid:recovery_id>/withdraw/", accounts.withdraw, name="withdraw-recovery"),
]
