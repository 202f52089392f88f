"""What an admin types about a help contact: its words, its week, that it was checked, why it is taken off."""

from student_portal.signposting.forms.contact import ContactForm, filled
from student_portal.signposting.forms.saying import say
from student_portal.signposting.forms.standing import CheckedForm, WithdrawForm

__all__ = ["CheckedForm", "ContactForm", "WithdrawForm", "filled", "say"]
