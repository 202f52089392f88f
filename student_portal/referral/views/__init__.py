"""The pages: beginning and coming back, the questions, sending; and the team's board."""

from student_portal.referral.views import asking, beginning, sending
from student_portal.referral.views.base import join
from student_portal.referral.views.team import blueprint

__all__ = ["asking", "beginning", "blueprint", "join", "sending"]
