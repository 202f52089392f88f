"""What somebody reads on the help page at 2 in the morning, on Christmas Day and in office hours."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import unquote

import pytest
from babel import Locale
from flask import Flask
from flask.testing import FlaskClient

from student_portal.audit.queries import Actor, machine
from student_portal.foundation import clock, i18n
from student_portal.foundation.clock import FrozenClock
from student_portal.institutions import service as institutions
from student_portal.signposting import queries, service
from student_portal.signposting.help_page import contents
from student_portal.signposting.numbers import numbers
from student_portal.signposting.queries import Content, Way
from student_portal.signposting.views import help_lines
from tests.support.asking import text
from tests.support.care import at

OFFICE = {str(day): [["09:00", "17:00"]] for day in range(5)}
TWO_AT_NIGHT, OFFICE_HOURS = at(12, 1, 2), at(12, 1, 11)
CHRISTMAS = at(12, 25, 11)


def only(way: Way, name: str, target: str, hours: object = OFFICE) -> Content:
    return Content(way=way, name=name, target=target, hours=hours, cost="", what_happens="Somebody answers.",
                   who_answers="", takes="", for_whom="", checked_how="Called",
                   review_by=clock.today() + timedelta(days=60))  # fmt: skip


@pytest.fixture
def by(service_id: str) -> Actor:
    return machine(service_id)


@pytest.fixture
def places(by: Actor) -> dict[str, str]:
    """The six universities by name; one has a team with office hours, one a number for day and night."""
    partners = institutions.add_partners(by=by, at=clock.now())
    service.publish_starting(organisations=partners, by=by, at=clock.now())
    return partners


@pytest.fixture
def publish(by: Actor) -> Callable[..., None]:
    """Put a contact on the page, as two people would."""

    def put(content: Content) -> None:
        admin, manager = (Actor(by.service_id, "0" * 25 + one, "admin") for one in "am")
        made = service.add(content=content, by=admin, at=clock.now())
        service.propose(signpost_id=made, by=admin, at=clock.now())
        service.approve(signpost_id=made, seen=1, by=manager, at=clock.now())

    return put


def cards_of(client: FlaskClient, path: str = "/help") -> list[str]:
    """What each way to get help says, in the order of the page."""
    found = re.findall(r'<article class="way">.*?</article>', client.get(path).text, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", card)).strip() for card in found]


@pytest.mark.hazard("H03")
@pytest.mark.parametrize(
    ("moment", "words", "place"),
    [
        (TWO_AT_NIGHT, "Closed now. Opens today at 9am.", -1),
        (OFFICE_HOURS, "Open now, until 5pm.", 2),
        (CHRISTMAS, "Closed now. Opens Tuesday 29 December at 9am.", -1),
    ],
)
def test_a_line_with_office_hours_says_how_it_stands_and_steps_back_while_it_is_closed(
    client: FlaskClient,
    portal: FrozenClock,
    places: dict[str, str],
    publish: Callable[..., None],
    moment: datetime,
    words: str,
    place: int,
) -> None:
    publish(only(Way.CALL, "Day line", "0151 496 0111"))
    portal.move_to(moment)
    page = client.get("/help").text
    calls = re.findall(r"<h3[^>]*>([^<]+)", page[page.index(">Call</h2>") : page.index(">On the web</h2>")])
    assert calls[place] == "Day line"
    assert calls[0] == "Samaritans", "what is open day and night leads, at every hour"
    assert next(card for card in cards_of(client) if card.startswith("Day line")).startswith(
        f"Day line {words}"
    )


@pytest.mark.hazard("H03")
@pytest.mark.parametrize("moment", [TWO_AT_NIGHT, CHRISTMAS])
def test_where_everything_is_closed_something_that_is_always_open_stands_first(
    client: FlaskClient, portal: FrozenClock, places: dict[str, str], moment: datetime
) -> None:
    portal.move_to(moment)
    lipa = places["Liverpool Institute for Performing Arts"]
    before = len(cards_of(client))
    theirs = cards_of(client, f"/help?at={lipa}")[before:]
    assert [card.split(" Open now, ")[0].split(" Closed now.")[0] for card in theirs] == [
        "111, mental health option",
        "Wellbeing team",
    ]
    portal.move_to(OFFICE_HOURS)
    theirs = cards_of(client, f"/help?at={lipa}")[before:]
    assert len(theirs) == 1
    assert theirs[0].startswith("Wellbeing team Open now, until 5pm.")


@pytest.mark.hazard("H03")
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_at_every_hour_the_first_of_each_kind_is_open(
    app: Flask, monkeypatch: pytest.MonkeyPatch, hour: int
) -> None:
    """Even if only lines with office hours stood in the database, which nobody can bring about."""
    targets = {Way.TEXT: "60777", Way.CALL: "0151 496 0111", Way.WEB: "https://day.example"}
    lines = [only(way, f"Day {way}", target) for way, target in targets.items()]
    for moment in (at(12, 1, hour), at(12, 25, hour), at(3, 28, hour)):
        found = [queries.preview(line, moment) for line in lines]
        monkeypatch.setattr(queries, "shown", lambda _place, _at, _language, found=found: found)
        with app.test_request_context("/help"):
            page = contents(None, moment)
        assert [group.kind for group in page.groups] == ["text", "call", "web"]
        assert all(group.cards[0].open_words == "Open now," for group in page.groups)


def test_text_comes_first_then_a_call_then_the_web_each_with_what_happens(
    client: FlaskClient, places: dict[str, str]
) -> None:
    page = client.get("/help").text
    order = [
        'href="tel:999"',
        'href="sms:85258"',
        'href="tel:116123"',
        'href="tel:111"',
        "https://111.nhs.uk",
    ]
    assert [page.index(one) for one in order] == sorted(page.index(one) for one in order)
    for card in cards_of(client):
        assert "What happens" in card
    assert "You do not have to explain." in cards_of(client)[1]


@pytest.mark.hazard("H03")
def test_every_number_that_is_tapped_is_the_number_that_is_read(
    client: FlaskClient, places: dict[str, str]
) -> None:
    for place in places.values():
        page = client.get(f"/help?at={place}").text
        links = re.findall(r'<a[^>]*href="(?:tel|sms):([^"?]+)[^"]*"[^>]*>(.*?)</a>', page, re.DOTALL)
        assert len(links) > 6
        for number, words in links:
            assert re.sub(r"\D", "", re.sub(r"“.*”", "", words)) == number.lstrip("+")


def test_a_sentence_is_written_into_a_text_only_as_it_is_read(
    client: FlaskClient, places: dict[str, str]
) -> None:
    """And the plain number stands as well, for a phone that does not know how."""
    page = client.get("/help").text
    written = re.findall(r'href="sms:85258\?&amp;body=([^"]+)">Text 85258: “([^”]+)”', page)
    assert len(written) == 3
    assert all(unquote(body) == sentence for body, sentence in written)
    assert page.index('href="sms:85258"') < page.index('href="sms:85258?')


@pytest.mark.hazard("H14")
def test_choosing_a_university_changes_this_page_and_nothing_else(
    client: FlaskClient, places: dict[str, str]
) -> None:
    plain = client.get("/help")
    assert "Campus Support" not in plain.text
    assert re.search(r'<option value="">I would rather not say', plain.text)
    chosen = client.get(f"/help?at={places['University of Liverpool']}")
    assert "Campus Support" in chosen.text
    hope = client.get(f"/help?at={places['Liverpool Hope University']}")
    assert "We have nothing more for that one. Everything above is for you too." in text(hope)
    assert "Campus Support" not in client.get("/help").text
    # The first brought the token of the demo's bar; a choice adds nothing to it.
    assert [one.headers.get("Set-Cookie") for one in (chosen, hope)] == [None, None]


@pytest.mark.parametrize("wrong", ["", "x", "0" * 26, "a" * 5000, "%27%3B--", "%E2%98%83", "1&at=2"])
def test_a_value_that_is_no_university_is_left_aside(
    client: FlaskClient, places: dict[str, str], wrong: str
) -> None:
    assert text(client.get(f"/help?at={wrong}")) == text(client.get("/help"))


@pytest.mark.hazard("H08")
def test_who_reads_the_portal_in_another_language_finds_what_is_written_in_it_first(
    app: Flask, places: dict[str, str], publish: Callable[..., None]
) -> None:
    """On the page, at the foot of every page, and in the message with the numbers."""
    publish(replace(only(Way.TEXT, "Gwrando", "85259", None), language="cy"))
    with app.test_request_context("/help"):
        assert "Gwrando" not in str(contents(None, clock.now()))
        with i18n.speaking(Locale.parse("cy")):
            text_first = contents(None, clock.now()).groups[0].cards[0]
            assert (text_first.name, text_first.language) == ("Gwrando", "cy")
            assert help_lines()[0].href == "sms:85259"
            assert numbers(queries.shown(None, clock.now(), i18n.language()))["text"] == "85259"


@pytest.mark.hazard("H03")
def test_a_number_that_is_for_some_people_only_says_so_before_anything_is_opened(
    client: FlaskClient, places: dict[str, str]
) -> None:
    papyrus = re.search(
        r"<article(?:(?!</article).)*0800 068 4141.*?<details>", client.get("/help").text, re.S
    )
    assert papyrus
    assert "Who it is for: People under 35, and anyone worried about them." in papyrus.group()
    assert "Who it is for: Anyone." in text(client.get("/help"))
    assert '<h3 lang="en-GB">Papyrus' in papyrus.group()


@pytest.mark.hazard("H03")
@pytest.mark.parametrize("language", ["en-GB", "cy"])
def test_the_foot_of_a_page_chooses_from_what_is_open_to_everybody_day_and_night(
    places: dict[str, str], publish: Callable[..., None], language: str
) -> None:
    called = only(Way.CALL, "Always", "0800 000 0001", None)
    publish(called)
    publish(replace(called, name="Office", hours=OFFICE))
    publish(replace(called, name="Some", for_whom="People under 35"))
    publish(replace(called, name="One university", organisation_id=next(iter(places.values()))))
    publish(replace(called, name="Gwrando", language="cy"))
    everything = queries.shown(None, clock.now(), language)
    always = [one for one in everything if one.opening.always and not one.for_whom]
    found = queries.at_any_hour(language)
    assert [(one.way, one.name, one.href) for one in found] == [
        (one.way, one.name, one.href) for one in always
    ]
    assert {"Always", "Shout"} <= {one.name for one in found}
    assert ("Gwrando" in {one.name for one in found}) == (language == "cy")


@pytest.mark.hazard("H03")
@pytest.mark.parametrize("path", ["/nothing-here", "/staff/nothing-here"])
def test_a_page_of_an_error_gives_the_published_number_on_either_side(
    client: FlaskClient, by: Actor, publish: Callable[..., None], path: str
) -> None:
    publish(only(Way.CALL, "Always", "0800 000 0001", None))
    answer = client.get(path)
    assert answer.status_code == 404
    assert "tel:08000000001" in answer.text
