"""Signing in with an account of another site (OpenID Connect): the authorization code flow with PKCE."""
