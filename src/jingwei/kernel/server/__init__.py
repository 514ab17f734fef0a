"""The web process: pages and API on a few threads, live streams on an event loop, one port."""
