"""The entrance, and what anybody may set for themselves."""

from tests.security.route import SIGNED_IN, Everyone, Got, Route, at, elsewhere

ANYBODY = Everyone()

ROUTES: tuple[Route, ...] = (
    Route("people:sign-in", ANYBODY),
    Route("people:phone", ANYBODY),
    Route("people:code", (), others=Got.SIGN_IN),  # a phone comes first
    Route("people:sign-out", ANYBODY, method="post"),
    Route("people:language", ANYBODY, method="post"),
    Route("ui:display", ANYBODY, method="post"),
    Route("people:reads", SIGNED_IN),
    Route("people:audit", at("auditor", "district") | elsewhere("auditor")),
    Route("people:devices", SIGNED_IN),
    Route("people:end-session", SIGNED_IN, method="post"),  # of one's own only: the form names none here
    Route("people:end-other-sessions", SIGNED_IN, method="post"),
    Route("portals:start", SIGNED_IN),
)
