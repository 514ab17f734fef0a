"""What the programs count as they work. Labels are names of ours: never an address, an id or a word of somebody's."""

from prometheus_client import Counter, Gauge, Histogram

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Counter("jingwei_requests", "Requests answered.", ["route", "method", "status"])
REQUEST_SECONDS = Histogram(
    "jingwei_request_seconds", "From arrival to answer, waiting for a thread included.", ["route"], buckets=SECONDS
)
SLOW_STATEMENTS = Counter("jingwei_slow_statements", "Statements that took half a second or more.", ["route"])
OPEN_STREAMS = Gauge("jingwei_open_streams", "Live streams that are open now.", multiprocess_mode="livesum")
