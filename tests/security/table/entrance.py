"""The entrance, and what anybody may set for themselves."""

from tests.security.route import NOT_SIGNED_IN, Everyone, Got, Route

ANYBODY = Everyone()

ROUTES: tuple[Route, ...] = (
    Route("people:sign-in", ANYBODY),
    Route("people:phone", ANYBODY),
    Route("people:code", (), others=Got.SIGN_IN),  # a phone comes first
    Route("people:sign-out", ANYBODY, method="post"),
    Route("people:language", ANYBODY, method="post"),
    Route("ui:display", ANYBODY, method="post"),
    Route("portals:start", Everyone(*NOT_SIGNED_IN), others=Got.SIGN_IN),
)
