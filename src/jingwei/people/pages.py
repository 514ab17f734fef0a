"""The pages of this module that the shells list."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jingwei.people import own_data
from jingwei.people.models import Member
from jingwei.people.reads import register_read_kind
from jingwei.ui.public import AdminPage, OwnPage, register_admin_page, register_own_page

OFFICER = ("people.accounts",)


def register() -> None:
    register_own_page(OwnPage("security", _("Signing in"), "lock", "people:security", _is_staff))
    register_own_page(OwnPage("devices", _("Devices"), "device-desktop", "people:devices", lambda _member: True))
    register_own_page(OwnPage("data", _("My data"), "id", "people:own-data", lambda _member: True))
    register_own_page(OwnPage("reads", _("Who looked at my data"), "eye", "people:reads", lambda _member: True))
    register_admin_page(AdminPage("accounts", _("Accounts"), "users", "people:accounts", ("people.accounts",)))
    register_admin_page(AdminPage("people", _("Postings and duties"), "id", "people:people", ("people.see",)))
    register_admin_page(AdminPage("keys", _("API keys"), "key", "people:keys", ("people.keys",)))
    register_own_page(OwnPage("teams", _("My teams"), "users", "people:own-teams", lambda _member: True))
    register_admin_page(AdminPage("teams", _("Teams"), "users", "people:teams", ("people.postings", "people.accounts")))
    register_admin_page(
        AdminPage("departments", _("Offices"), "building", "people:departments", ("people.departments",))
    )
    register_admin_page(AdminPage("reads", _("Log of reads"), "eye", "people:audit", ("people.audit",)))
    own_data.register()
    register_read_kind("people.account", pgettext_lazy("what was read", "The account"))
    reports = AdminPage("policy-reports", _("Browser reports"), "shield-check", "people:policy-reports", OFFICER)
    register_admin_page(reports)
    register_read_kind("people.postings", pgettext_lazy("what was read", "Postings and employment record"))
    register_read_kind("people.log", pgettext_lazy("what was read", "The list of who looked"))


def _is_staff(member: Member) -> bool:
    return member.kind == Member.Kind.STAFF
