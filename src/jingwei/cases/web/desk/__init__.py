"""Screens of the desk: queues, cases, moves. Views read the request, ask or call one action, and render."""
