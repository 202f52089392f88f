"""The blueprint of this room's pages."""

from flask import Blueprint

blueprint = Blueprint("alerts", "student_portal.alerts")
