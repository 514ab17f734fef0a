"""The entrance, and what anybody may set for themselves."""

from tests.security.route import NOT_SIGNED_IN, SIGNED_IN, Everyone, Given, Got, Route, at, elsewhere
from tests.security.world import ABSENT_ID, World

ANYBODY = Everyone()
STAFF = Everyone(*NOT_SIGNED_IN, "reporter", "neighbour")

OFFICERS = at("security_officer", "district") | elsewhere("security_officer")


def neighbour(world: World) -> Given:
    member = world.walkers["neighbour"].member
    assert member is not None
    return {"member_id": member.pk}


def nobody(_world: World) -> Given:
    return {"member_id": 999_999_999}


def no_recovery(_world: World) -> Given:
    return {"recovery_id": ABSENT_ID}


def no_provider(_world: World) -> Given:
    return {"key": "nowhere"}


def no_account(_world: World) -> Given:
    return {"account_id": 999_999_999}


ROUTES: tuple[Route, ...] = (
    Route("people:sign-in", ANYBODY),
    Route("people:phone", ANYBODY),
    Route("people:code", (), others=Got.SIGN_IN),  # a phone comes first
    Route("people:second-factor", (), others=Got.SIGN_IN),  # a password comes first
    Route("people:passkey", ANYBODY),
    Route("people:recover", ANYBODY),
    Route("people:sign-in-with", (), to=no_provider, visitor=Got.HIDDEN),  # no other site is set up
    Route("people:sign-in-back", (), to=no_provider, visitor=Got.HIDDEN),
    Route("people:link-account", (), to=no_provider, method="post"),
    Route("people:unlink-account", (), to=no_account, method="post"),
    Route("people:await-account", (), to=neighbour, method="post"),
    Route("people:unlink-outside", (), to=no_account, method="post"),
    Route("people:sign-out", ANYBODY, method="post"),
    Route("people:language", ANYBODY, method="post"),
    Route("ui:display", ANYBODY, method="post"),
    Route("people:own-data", SIGNED_IN),
    Route("people:rename", SIGNED_IN, method="post"),  # of one's own only: the form names nobody
    Route("people:export-own", SIGNED_IN, method="post"),
    Route("people:erase", SIGNED_IN, method="post"),  # without the tick it asks again
    Route("people:reads", SIGNED_IN),
    Route("ui:catalogue", STAFF),
    Route("ui:policy-reports", ANYBODY, method="post"),
    Route("people:policy-reports", at("security_officer", "district") | elsewhere("security_officer")),
    Route("people:audit", at("auditor", "district") | elsewhere("auditor")),
    Route("people:withdraw-own-recovery", (), method="post"),  # none of them has any
    Route("people:accounts", OFFICERS),
    Route("people:new-account", OFFICERS),
    Route("people:account", OFFICERS, to=neighbour, absent=nobody),
    Route("people:invite", OFFICERS, to=neighbour, absent=nobody, method="post"),
    Route("people:open-recovery", OFFICERS, to=neighbour, absent=nobody, method="post"),
    Route("people:account-sign-out", OFFICERS, to=neighbour, absent=nobody, method="post"),
    Route("people:close-account", OFFICERS, to=neighbour, absent=nobody, method="post"),
    Route("people:approve-recovery", (), to=no_recovery, method="post"),
    Route("people:withdraw-recovery", (), to=no_recovery, method="post"),
    Route("people:keys", OFFICERS),
    Route("people:new-key", OFFICERS),
    Route("people:revoke-key", (), to=lambda _world: {"key_id": 999_999_999}, method="post"),
    Route("people:set-up-factor", STAFF),
    Route("people:set-up-app", STAFF),
    Route("people:set-up-passkey", STAFF),
    Route("people:security", STAFF),
    Route("people:spare-codes", STAFF, method="post"),
    Route("people:remove-app", STAFF, method="post"),
    Route("people:remove-passkey", (), to=lambda _world: {"passkey_id": 1}, method="post"),  # none of them has any
    Route("people:forget-browsers", STAFF, method="post"),
    Route("people:confirm", STAFF),
    Route("people:password", STAFF),
    Route("people:devices", SIGNED_IN),
    Route("people:end-session", SIGNED_IN, method="post"),  # of one's own only: the form names none here
    Route("people:end-other-sessions", SIGNED_IN, method="post"),
    Route("portals:start", SIGNED_IN),
)
