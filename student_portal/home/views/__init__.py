"""The student's own pages (`blueprint`) and those for everybody (`public.blueprint`)."""

from student_portal.home.views import answer, asking, choices, dates, line, opened, summary, texts
from student_portal.home.views.base import blueprint

__all__ = ["answer", "asking", "blueprint", "choices", "dates", "line", "opened", "summary", "texts"]
