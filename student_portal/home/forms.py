"""One permission, given or withdrawn: a decision, not a toggle, so that an old page cannot turn it round."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import AnyOf

from student_portal.consent.queries import Decision, Scope
from student_portal.foundation.forms import PortalForm

_RELOAD = _l("Reload the page and try again")


class ChoiceForm(PortalForm):
    """`version` is that of the words on the page. Leaving the service is asked on a page of its own."""

    scope = HiddenField(
        validators=[AnyOf([scope.value for scope in Scope if scope is not Scope.SERVICE], message=_RELOAD)]
    )
    decision = HiddenField(validators=[AnyOf([Decision.GIVEN, Decision.WITHDRAWN], message=_RELOAD)])
    version = HiddenField()
