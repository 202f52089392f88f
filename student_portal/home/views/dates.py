"""The first page after signing in, and all dates."""

from functools import partial

from flask import render_template

from student_portal.access.queries import Role
from student_portal.episodes import queries as episodes
from student_portal.foundation import clock, web
from student_portal.home import queries
from student_portal.home.queries import Stage
from student_portal.home.views.base import blueprint, student
from student_portal.home.views.line import drawn, rights
from student_portal.home.views.words import form_task, session_state, talk_task, when_words
from student_portal.measures import queries as measures
from student_portal.settings import queries as settings


@blueprint.get("/home")
@web.allow(Role.STUDENT)
def show() -> str:
    """What comes next, what is open to fill in, what stands."""
    viewer, person_id = student()
    now = clock.now()
    mine = queries.at_home(viewer, person_id, at=now)
    own = queries.own_line(viewer, person_id)
    later = mine.next_form if mine.next_form and mine.next_form.stage is Stage.NOT_OPEN else None
    return render_template(
        "home/show.html",
        mine=mine,
        tasks=[form_task(state) for state in mine.forms],
        talk=talk_task(mine.next_session.id, mine.talk) if mine.next_session and mine.talk else None,
        line=drawn(own),
        hides_numbers=own.is_hidden,
        rights=rights(),
        who_reads=partial(measures.who_reads, at=now),
        now=now,
        opens_later=later.opens_at if later and mine.fills_in_here else None,
        total=len(mine.episode.sessions) if mine.episode else 0,
        when_words=when_words,
        team_phone=settings.current().team_phone,
    )


@blueprint.get("/dates")
@web.allow(Role.STUDENT)
def dates() -> str:
    """Every session of the student's programme, with or without a date."""
    viewer, person_id = student()
    sessions = episodes.of_person(viewer, person_id)
    return render_template(
        "home/dates.html",
        rows=[(facts, session_state(facts, at=clock.now()), when_words(facts)) for facts in sessions],
        next_session=episodes.next_session(viewer, person_id),
        team_phone=settings.current().team_phone,
    )
