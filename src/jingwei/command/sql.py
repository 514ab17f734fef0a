"""SQL for the launcher, by the environment's psycopg: the one program here that is not standard library alone.

Reads {"url", "statements"} as JSON from standard input, runs the statements in one transaction (with "apart": each
in its own) and prints {"rows": [rows of each statement]} or {"error", "state"}, state being the SQLSTATE or null.
"""

import json
import sys

import psycopg


def main() -> None:
    asked = json.load(sys.stdin)
    answer: dict[str, object]
    try:
        is_apart = bool(asked.get("apart"))
        with psycopg.connect(
            asked["url"], autocommit=is_apart, connect_timeout=10, client_encoding="utf8"
        ) as connection:
            rows = []
            for statement in asked["statements"]:
                cursor = connection.execute(statement)
                rows.append(cursor.fetchall() if cursor.description else [])
        answer = {"rows": rows}
    except psycopg.Error as error:
        answer = {"error": str(error).strip(), "state": error.sqlstate}
    json.dump(answer, sys.stdout, default=str)


if __name__ == "__main__":
    main()
