"""Where the processes of one site keep their counts together. Imports nothing: it is read before they start."""

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus_client learns the folder; its name is that library's."""
