"""What stands in code: nobody can edit it away, and it shows when the database cannot be read.

The numbers are public ones. Nobody has checked them: the page "Going live" asks for it, and for the facts
that stand in sentences (cards.py, pages/leaving.html), until whoever checked them is written down.
"""

from student_portal.signposting.models import Way
from student_portal.signposting.opening import ALWAYS
from student_portal.signposting.shown import Shown

EMERGENCY = "999"
NHS_111 = "111"

ROUTES = {
    Way.TEXT: Shown("Shout", Way.TEXT, "85258", ALWAYS, "", ""),
    Way.CALL: Shown("Samaritans", Way.CALL, "116 123", ALWAYS, "", ""),
}
"""One text and one call route, day and night, for when no other can be read. Their words are in cards.py."""
