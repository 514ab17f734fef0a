"""How the platform is doing: heartbeats, readiness, metrics, slow statements, and one line of the log a request."""
