"""The entrance, and what anybody may set for themselves."""

from tests.security.route import NOT_SIGNED_IN, SIGNED_IN, Everyone, Got, Route, at, elsewhere

ANYBODY = Everyone()
STAFF = Everyone(*NOT_SIGNED_IN, "reporter", "neighbour")

ROUTES: tuple[Route, ...] = (
    Route("people:sign-in", ANYBODY),
    Route("people:phone", ANYBODY),
    Route("people:code", (), others=Got.SIGN_IN),  # a phone comes first
    Route("people:second-factor", (), others=Got.SIGN_IN),  # a password comes first
    Route("people:passkey", ANYBODY),
    Route("people:sign-out", ANYBODY, method="post"),
    Route("people:language", ANYBODY, method="post"),
    Route("ui:display", ANYBODY, method="post"),
    Route("people:reads", SIGNED_IN),
    Route("people:audit", at("auditor", "district") | elsewhere("auditor")),
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
