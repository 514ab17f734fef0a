"""Second factors: an authenticator app, passkeys, spare codes on paper, a code by text message; trusted browsers."""
