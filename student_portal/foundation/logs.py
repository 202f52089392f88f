"""Structured logs: one line a request or event, made of codes only.

A line carries the endpoint's name, never its path, query, form or any header: paths hold tokens and forms
hold answers. Of an error it keeps the type and the place, never what it said.
"""

import logging
import sys
from time import perf_counter

import structlog
from flask import Flask, Response, g, has_app_context, request

from student_portal.foundation import ids

log = structlog.get_logger()


def init(level: int = logging.INFO) -> None:
    """Write every event as one JSON line on standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def watch(app: Flask) -> None:
    """Log each request's endpoint, status and length, under a number that its error page also shows."""
    app.logger.disabled = True  # its lines hold paths, and what errors said
    app.before_request(_begin)
    app.after_request(_end)


def request_number() -> str:
    """The number of the present request, for a person to quote; empty in the worker."""
    return str(g.get("request_number", "")) if has_app_context() else ""


def error(kind: BaseException) -> None:
    """Record that something unforeseen happened: the type and the place, not what it said."""
    frames = []
    trace = kind.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/student_portal/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("unforeseen", kind=type(kind).__name__, trace=frames[-8:], request=request_number())


def _begin() -> None:
    g.request_number = ids.new()[-8:]
    g.began = perf_counter()


def _end(response: Response) -> Response:
    if request.endpoint != "static":
        log.info(
            "request",
            endpoint=request.endpoint or "none",
            method=request.method if request.method in _METHODS else "other",
            status=response.status_code,
            milliseconds=round((perf_counter() - g.get("began", perf_counter())) * 1000, 1),
            request=request_number(),
        )
    return response


_METHODS = {"GET", "POST", "HEAD", "OPTIONS"}
