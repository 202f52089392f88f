"""The languages in which contacts and pages may be written, whether or not the portal speaks them yet."""

from flask_babel import lazy_gettext as _l

from student_portal.signposting.queries import ENGLISH

LANGUAGES = {
    ENGLISH: _l("English"),
    "ar": _l("Arabic"),
    "zh-Hans": _l("Chinese"),
    "pl": _l("Polish"),
    "pa": _l("Punjabi"),
    "es": _l("Spanish"),
    "ur": _l("Urdu"),
    "cy": _l("Welsh"),
}
