"""The layouts and scripts alone: one question of a form without any room, which a test can make fail."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from threading import Event, Thread

import pytest
from flask import Blueprint, Flask, abort, redirect, render_template, request
from flask_wtf import FlaskForm
from jinja2 import ChoiceLoader, DictLoader, StrictUndefined
from werkzeug.serving import make_server
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from student_portal.foundation import i18n, web

ITEM = """{% extends "layouts/student.html" %}
{% from "components/forms.html" import csrf, form_errors, item_question, saying, continue_button %}
{% from "components/parts.html" import progress %}
{% block scripts %}<script src="{{ asset('js/item.js') }}" defer nonce="{{ csp_nonce }}"></script>
{% endblock %}
{% block title %}Question {{ here }} of 10{% endblock %}
{% block main %}{{ form_errors(form) }}{{ progress(here - 1, 10, "%d saved" % (here - 1)) }}
<form method="post" novalidate autocomplete="off" data-tap data-saving="Saving" data-failed="Not saved yet.">
{{ item_question(form.answer, "Over the last week", "A made-up question") }}{{ saying() }}
<div class="acts">{{ continue_button() }}<button class="btn text" name="skip" value="1">Skip</button></div>
</form>
{% endblock %}"""


class Question(FlaskForm):
    """Three made-up answers."""

    answer = RadioField(
        choices=[SelectChoice("0", "Never"), SelectChoice("1", "Sometimes"), SelectChoice("2", "Often")],
        validators=[InputRequired("Choose an answer")],
    )


@dataclass
class Frame:
    """A form whose server a test holds in its hand: `saved` so far, `failing` posts, a `gate` to close."""

    url: str = ""
    saved: list[str] = field(default_factory=list)
    posts: int = 0
    failing: int = 0
    idle_seconds: int = 0
    gate: Event = field(default_factory=Event)

    def item(self) -> str | Response:
        """One address for every question, as in the real form."""
        form = Question()
        if request.method == "POST":
            self.posts += 1
            self.gate.wait(10)
            if self.failing:
                self.failing -= 1
                abort(503)
            if "skip" in request.form or form.validate():
                self.saved.append(form.answer.data)
                return redirect("/item", 303)
        return render_template("item.html", form=form, here=len(self.saved) + 1, error=form.errors)


@pytest.fixture
def frame() -> Iterator[Frame]:
    """The form on a port of its own; posts pass the gate unless a test closes it."""
    standing = Frame()
    standing.gate.set()
    server = make_server("127.0.0.1", 0, _app(standing), threaded=True)
    standing.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield standing
    standing.gate.set()
    server.shutdown()


def _app(standing: Frame) -> Flask:
    app = Flask("student_portal")
    app.config.update(SECRET_KEY="for these tests only", WTF_CSRF_ENABLED=False)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_loader = ChoiceLoader([DictLoader({"item.html": ITEM}), app.jinja_loader])  # type: ignore[list-item]
    web.init(app, secure=False)
    i18n.init(app)
    for room, page in (("help", "show"), ("join", "start"), ("code", "ask")):
        blueprint = Blueprint(room, __name__)
        blueprint.add_url_rule(f"/{room}", page, lambda: render_template("pages/who.html"))
        app.register_blueprint(blueprint)
    public = Blueprint("pages", __name__)
    for page in ("home", "who", "privacy", "accessibility", "exit", "leaving"):
        public.add_url_rule(
            f"/{page}" if page != "home" else "/", page, partial(render_template, f"pages/{page}.html")
        )
    app.register_blueprint(public)
    app.add_url_rule("/item", "item", standing.item, methods=["GET", "POST"])
    app.context_processor(
        lambda: {"lock_url": "/exit", "idle_seconds": standing.idle_seconds} if standing.idle_seconds else {}
    )
    app.register_error_handler(503, lambda _error: (render_template("errors/error.html", code=503), 503))
    return app
